"""PhysiBench: generated Rube Goldberg machines with rules, assertions and oracle scripts."""

from .examples import example, example_names
from .generate import BUNDLED_COUNT, BUNDLED_SEED, generate
from .machine import Machine, MachineError, load_machine

__all__ = [
    "BUNDLED_COUNT",
    "BUNDLED_SEED",
    "Machine",
    "MachineError",
    "example",
    "example_names",
    "generate",
    "load_machine",
]
