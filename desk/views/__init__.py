"""Pages that join modules."""
