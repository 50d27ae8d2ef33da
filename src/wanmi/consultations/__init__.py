"""Consultations (会商): departments give their opinion on a case or a topic."""
