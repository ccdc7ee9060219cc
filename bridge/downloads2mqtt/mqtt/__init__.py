"""The bus: connection, publishing, what is read back from it, and a broker of our own."""
