"""Things of a world that the library has not: their code is copied into its folder, so that it can be made again
without a model."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from ..scene_graph import write_text
from ..worlds.entry import Entry
from ..worlds.errors import WorldError
from ..worlds.library import entries
from ..worlds.thing_writer import Origin, Things, found_thing
from ..worlds.things_kept import KeptThings
from ..worlds.unanswered import unanswered

FOLDER = "things"
RECORD = "things.json"


class ThingRecord(BaseModel):
    """Where the thing of a noun comes from: see `Origin`; ``file`` is its code in the world's folder, "" for none."""

    noun: str
    how: str
    file: str = ""
    rounds: tuple[str, ...] = ()
    problem: str = ""


_RECORDS = TypeAdapter(list[ThingRecord])


def things_for(folder: Path, text: str, things: Things) -> dict[str, Entry]:
    """The things that a world's folder holds, and those for nouns of a text that the library has not, which are put
    there. Raises WorldError for a record or code that cannot be read, and ModelError."""
    records = read_things(folder)
    found = {r.noun: entry for r in records if (entry := _of_folder(folder, r)) is not None}
    known = {record.noun for record in records}
    wanted = [noun for noun in unanswered(text, {**entries(), **found}) if noun not in known] if text else []
    for origin, entry in things.of(text, wanted) if wanted else ():
        records.append(_kept(folder, origin))
        write_text(folder / RECORD, _RECORDS.dump_json(records, indent=1, exclude_defaults=True).decode() + "\n")
        if entry is not None:
            found[origin.noun] = entry
    return found


def read_things(folder: Path) -> list[ThingRecord]:
    """Where the things of a world come from. Raises WorldError."""
    try:
        return _RECORDS.validate_json((folder / RECORD).read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValidationError):
        raise WorldError(f"{folder / RECORD} cannot be read; delete it, and the things are asked for again") from None


def _of_folder(folder: Path, record: ThingRecord) -> Entry | None:
    """The thing of a record. Raises WorldError."""
    if record.how not in ("written", "kept"):
        return None
    code = KeptThings(folder / FOLDER).find(record.noun)
    if code is None:
        raise WorldError(
            f"the code of '{record.noun}' is not in {folder / FOLDER}; delete {RECORD} to ask for it again"
        )
    origin, entry = found_thing(record.noun, code)
    if entry is None:
        raise WorldError(f"'{record.noun}' cannot be made: {origin.problem}")
    return entry


def _kept(folder: Path, origin: Origin) -> ThingRecord:
    """A record of a thing whose code is put into a world's folder."""
    file = ""
    if origin.code and origin.how in ("written", "kept"):
        file = str(KeptThings(folder / FOLDER).keep(origin.noun, origin.code).relative_to(folder))
    return ThingRecord(noun=origin.noun, how=origin.how, file=file, rounds=origin.rounds, problem=origin.problem)
