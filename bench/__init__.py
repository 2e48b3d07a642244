"""Measures how fast the parts are; every bench_*.py has a ``main()`` that prints its figures."""
