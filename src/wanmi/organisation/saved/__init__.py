"""Saved views (保存的视图): the filters and order of a list under a name, one's own or a post's."""
