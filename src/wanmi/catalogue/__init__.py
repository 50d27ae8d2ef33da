"""What it is called and what the rule says, valid on a date."""
