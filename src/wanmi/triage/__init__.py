"""triage: what a report may be about, learnt from what the city has filed; people decide."""
