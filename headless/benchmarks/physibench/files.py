"""Machines of anybody's, from files: read, and checked for what an evaluation needs of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from addon.rewards import DslError, read

from ...evaluation.names import key, unusable
from .machine import MACHINE_FILE, Machine, MachineError, load_machine


def load_machines(path: Path) -> list[Machine]:
    """The machines of a file, or of a folder: of its ``.json`` files, and of its folders that have a ``machine.json``.

    In the order of their files' names. Raises MachineError naming the file and the field if one cannot be read or
    judged, if two have one name, if a name cannot be that of a folder, or if there is none.
    """
    files = _files(path)
    if not files:
        raise MachineError(f"{path} holds no machine: neither .json files nor folders with a {MACHINE_FILE}")
    machines = [_checked(file) for file in files]
    taken: dict[str, Path] = {}
    for file, machine in zip(files, machines, strict=True):
        other = taken.setdefault(key(machine.name), file)
        if other != file:
            raise MachineError(
                f"{file}: name: '{machine.name}' is the name of the machine in {other}, too (case does not count); "
                "each needs a name of its own"
            )
    return machines


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise MachineError(f"there is no file or folder {path}")
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(p for p in path.iterdir() if not p.name.startswith("."))
    except OSError as error:
        raise MachineError(f"{path} cannot be read: {error.strerror}") from None
    found = [p if p.is_file() else p / MACHINE_FILE for p in inside if p.suffix.lower() == ".json" or p.is_dir()]
    return [p for p in found if p.is_file()]


def _checked(file: Path) -> Machine:
    machine = load_machine(file)
    if problem := unusable(machine.name):
        raise MachineError(f"{file}: name: '{machine.name}' cannot be the name of a folder: {problem}")
    if not machine.assertions:
        raise MachineError(f"{file}: assertions: there are none, so nothing says when the machine succeeds")
    for number, text in enumerate(machine.assertions):
        try:
            read(text, machine.graph)
        except DslError as error:
            raise MachineError(f"{file}: assertions.{number}: '{text}': {error}") from None
    return machine


def need_oracles(machines: Iterable[Machine], coder: str) -> None:
    """Raise MachineError naming the machines that have no script of their own, which ``coder`` stands for."""
    missing = [m.name for m in machines if not m.oracle.strip()]
    if missing:
        shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
        raise MachineError(
            f"--coder {coder} runs the machines' own scripts, and these have none (oracle is empty): {shown}"
        )
