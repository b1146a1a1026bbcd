"""How a program becomes statements: pure text, the same for this process and for a cluster."""
