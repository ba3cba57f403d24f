"""Training: what is taught where, by whom and to whom, and how far Muamko Mpya has come into every course."""
