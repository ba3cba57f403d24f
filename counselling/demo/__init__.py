"""Invented peer support, offices and cases for the demonstration; one file a part."""
