"""What pages and other modules read about training. One file an idea."""
