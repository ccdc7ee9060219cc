"""All programs for hours, with random requests and restarts, and what must be true afterwards."""
