"""What is on the bus, and who is told which of it."""
