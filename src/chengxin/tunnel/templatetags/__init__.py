"""What the report template asks for."""
