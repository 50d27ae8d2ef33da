"""Who answers: bodies on three levels, posts, roles, which area and which duties."""
