"""The hotline: calls ring, agents answer, and what was said becomes a matter of the city."""
