"""Arithmetic of a draw, and of checking one: pure."""
