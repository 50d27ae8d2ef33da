"""Controls (管控区域、时段): places and times in which certain classes are ruled otherwise.

Not reported by patrols (approved works), handled within a shorter limit, or
checked at the time of day they were reported at.
"""
