"""Detectors of patterns found by evolution of programs (Discovering High Level Patterns, Section 3.2, Appendix F)."""
