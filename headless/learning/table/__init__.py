"""Table I and Figure 2 (Code as Dynamics, Section IV): one instrument for all rows, which looks at frames alone."""

from .figure import figure
from .table import lines, load_table, table

__all__ = ["figure", "lines", "load_table", "table"]
