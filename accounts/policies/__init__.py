"""Who may do what with accounts and appointments, and on what each rule rests: one file an idea."""
