"""What pages and other modules read about transfers. One file an idea."""
