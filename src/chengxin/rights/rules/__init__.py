"""Judgement of the room, without a database."""
