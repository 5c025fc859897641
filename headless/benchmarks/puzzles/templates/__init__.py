"""25 templates of one-ball puzzles, all of our own."""

from .registry import TEMPLATES, Template

__all__ = ["TEMPLATES", "Template"]
