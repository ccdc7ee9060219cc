"""A laboratory of real programs: download clients, what they download from, and a broker. All of it on loopback."""
