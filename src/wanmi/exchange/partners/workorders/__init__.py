"""Work orders of another platform (12345): signed for, returned or answered, within limits."""
