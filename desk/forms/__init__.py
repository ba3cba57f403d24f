"""Forms of the pages in this module."""
