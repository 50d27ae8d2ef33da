"""Editions as a whole: copied, edited as a draft, compared, published from a day, withdrawn."""
