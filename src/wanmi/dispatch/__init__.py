"""Dispatch (指挥调度): who is on duty where, what they have patrolled, alarms and call-outs."""
