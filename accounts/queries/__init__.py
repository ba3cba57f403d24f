"""What pages and other modules read about accounts: one file an idea."""
