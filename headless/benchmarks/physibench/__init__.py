"""PhysiBench: generated Rube Goldberg machines with rules, assertions and oracle scripts."""

from .examples import example, example_names, examples
from .generate import COUNT, SEED, generate
from .machine import Machine, MachineError, load_machine

__all__ = [
    "COUNT",
    "SEED",
    "Machine",
    "MachineError",
    "example",
    "example_names",
    "examples",
    "generate",
    "load_machine",
]
