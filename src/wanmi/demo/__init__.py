"""The synthetic city and its simulated people."""
