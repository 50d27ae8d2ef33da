"""The field terminal 城管通: what supervisors and handlers use on a phone, also without signal."""
