"""Plain sums of the room: packed positions, what a track shows, attendance against the plan."""
