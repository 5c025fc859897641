"""Speed as ratios: each figure is measured against a bare engine loop in the same process and run."""
