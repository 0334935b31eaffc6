"""How the cost of the analysis grows with what it reads; see :mod:`benchmarks.growth.__main__`."""
