"""Tests of the kernel: pure functions, no database."""
