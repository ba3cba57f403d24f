"""The server's side of the sealed pages: JSON, never cached, ciphertext and references only."""
