"""What all benchmarks share: the contract of a task, processes and clusters, results, intervals, pages and plots."""

from .contract import Benchmark, Row, Task
from .run import TIMEOUT, evaluate

__all__ = ["TIMEOUT", "Benchmark", "Row", "Task", "evaluate"]
