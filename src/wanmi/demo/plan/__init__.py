"""The synthetic city as geometry: pure, without tables, the same for the same seed.

The place is fictitious: it is laid at 110° E, 30° N only so that map tools have somewhere to
show it, and nothing in it copies what is really there.
"""
