"""How a file becomes a table: pure functions from bytes to cells, columns and doubts."""
