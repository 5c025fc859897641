"""One-ball puzzles: a red ball is placed so that green touches blue (Discovering High Level Patterns, Section 4.1)."""
