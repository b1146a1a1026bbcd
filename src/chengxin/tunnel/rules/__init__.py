"""The harm budget, what changed, the report's figures; pure."""
