"""The free split: rules in words of their own, each with a check on the trace, or to be refused."""

from .tasks import PARTS, FreeRule, FreeTask, Part, load_tasks

__all__ = ["PARTS", "FreeRule", "FreeTask", "Part", "load_tasks"]
