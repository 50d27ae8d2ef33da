"""Things under care: parts with codes, states and history."""
