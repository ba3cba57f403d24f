"""Who may do what in training; each refusal names its source. One file an idea."""
