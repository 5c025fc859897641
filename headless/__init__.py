"""Programs that run without a window: python -m headless <command>."""
