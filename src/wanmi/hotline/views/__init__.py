"""The pages of the hotline: the desk, what is done there, past calls, the shift, knowledge."""
