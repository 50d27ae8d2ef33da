"""Pages of the public, and of the clerks who release what it sees."""
