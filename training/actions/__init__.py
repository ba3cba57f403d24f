"""Every write of this module, one file an idea."""
