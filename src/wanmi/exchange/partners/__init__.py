"""Partners: one package for each protocol by which others bring and are answered."""
