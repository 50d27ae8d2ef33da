"""Backup and restore: one archive of database, media and keys."""
