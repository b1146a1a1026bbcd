"""Judging counts: formulas, working days, order. Pure."""
