"""Who may do what to a transfer; each refusal names its source. One file an idea."""
