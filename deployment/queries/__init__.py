"""What pages read of this module, one file an idea."""
