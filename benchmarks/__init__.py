"""Benchmarks: figures, and the ratios to a floor measured in the same run. `make bench` prints them.

Each file is one benchmark: `def run(scale: int) -> Iterator[Figure]`, where `scale` is the number of officers; a list
`DATABASES = ("postgresql", "sqlite")` asks for both. Each runs in a process and a database of its own.
"""
