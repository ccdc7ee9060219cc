"""Unnamed events, for pages that use nothing but `EventSource`."""
