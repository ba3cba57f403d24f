"""Lists of this module, one file an area."""
