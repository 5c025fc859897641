"""Questions about runs, with answers computed from their traces (Discovering High Level Patterns, Section 4.1)."""
