"""What a change would do, and which edition is in force."""
