"""The pages of this module: one file an idea."""
