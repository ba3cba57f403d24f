"""The workshop: what turns a checkout into a running product. Makefile targets call it; the product never does."""
