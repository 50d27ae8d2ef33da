"""Who may sign in: credentials, sessions, tokens."""
