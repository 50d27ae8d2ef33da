"""Errands: what is asked of somebody beside the drawing of a case.

Co-handling, a leader's instruction, one more verification or check, the result
of a transfer, a piece of work of a contractor. An errand is a row with a task
of its own, never a state of the case; it waits, is answered, waived or recalled.
"""
