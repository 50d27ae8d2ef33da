"""The public's side: report on the map, follow by code, look at what was released."""
