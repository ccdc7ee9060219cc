"""Who may speak to the relay, and as whom."""
