"""The public contract: topics, payloads, requests and frames. Everything else may be rewritten; users build on this."""

CONTRACT_VERSION = 1
