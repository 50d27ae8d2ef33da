"""Building the demo city through the doors of the rooms, as a real city is set up."""
