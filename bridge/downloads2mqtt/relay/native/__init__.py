"""The native protocol: WebSocket, Server-Sent Events, REST and requests."""
