"""What the joined pages read of several modules at once."""
