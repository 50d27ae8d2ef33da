"""Other systems: what they may ask of the city, what they bring, what goes back to them."""
