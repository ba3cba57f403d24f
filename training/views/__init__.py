"""Answers to requests, one file an area."""
