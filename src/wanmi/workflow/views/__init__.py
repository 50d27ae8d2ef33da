"""Pages for administrators: procedures, their drawings and forms, decision tables."""
