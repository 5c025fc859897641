"""How much a script may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budgets:
    """Limits of one script. Exceeding one ends the script with an error that names it and its value.

    Ticks are counted in every loop round, comprehension round and function call. ``seconds_step`` bounds one step,
    ``seconds_run`` all steps together; they are seconds of computing (on Linux; elsewhere of the clock on the wall), so
    that a busy system does not end a script. ``memory_mb`` is the worker's address space, ``objects`` the number of
    objects in a scene, ``answer_bytes`` what a step sends back. ``code_size`` counts the parts of a script's syntax as
    they are compiled: what stands in ``finally`` once for each way out. ``writes_run`` counts the fields written in a
    run, ``changes_run`` those of them that become events (properties and settings), ``property_bytes_run`` the bytes of
    names and values of properties, ``fired_run`` the rules that a script said to act, each once a step. Only
    ``printed_chars_run`` does not end a script: what it prints beyond that is left out.
    """

    source_bytes: int = 65_536
    nesting: int = 100
    code_size: int = 100_000
    ticks_step: int = 200_000
    seconds_start: float = 5.0
    seconds_step: float = 1.0
    seconds_run: float = 300.0
    memory_mb: int = 512
    objects: int = 5_000
    answer_bytes: int = 8 << 20
    writes_run: int = 20_000_000
    changes_run: int = 80_000
    property_bytes_run: int = 8 << 20
    fired_run: int = 80_000
    printed_chars_run: int = 20_000
    collection_items: int = 200_000
    number_bits: int = 4_096
    property_chars: int = 10_000
    properties_object: int = 200
