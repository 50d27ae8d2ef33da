"""The grid case from report to closing."""
