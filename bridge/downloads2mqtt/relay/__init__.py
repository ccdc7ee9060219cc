"""The relay: reads the bus and serves browsers. It knows the contract and nothing of clients."""
