"""Special surveys (专项普查): a class of things counted area by area, what is found reported."""
