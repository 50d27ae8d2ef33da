"""The pages: the command desk, alarms, the plan, attendance, tracks, coverage, call-outs."""
