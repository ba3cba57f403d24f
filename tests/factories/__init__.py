"""Invented people, units and records for the tests. One file a module."""
