"""Benchmarks, one folder each, on top of ``headless/evaluation``."""
