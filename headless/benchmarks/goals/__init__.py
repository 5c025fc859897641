"""Goals in English about shared scenes, with runs that code labels as met or not.

A reward made from a goal's text counts as right when it holds on exactly those runs that are labelled so (*Discovering
High Level Patterns*, Sections 3.3 and 5.3, Appendix G).
"""

from .check import Held, held, problems, right
from .model import Goal
from .registry import goal, goals, graph, labels, runs, trace

__all__ = ["Goal", "Held", "goal", "goals", "graph", "held", "labels", "problems", "right", "runs", "trace"]
