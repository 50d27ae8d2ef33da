"""The promises of the house: rooms, whole journeys, and the architecture itself."""
