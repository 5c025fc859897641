"""All in which a plan differs from its sentence."""

from __future__ import annotations

from ..entry import Entry
from ..manifest import Manifest
from .asked import Asked
from .deeds import done, ordered, undone
from .plans import Difference, Plans
from .setting import placed, settled
from .things import counts, kinds, looks, unasked


def differences(asked: Asked, manifest: Manifest, library: dict[str, Entry]) -> list[Difference]:
    """In what a plan differs from what is asked for and does not tell it."""
    plans = Plans(asked, manifest, library)
    found = [one for look in (kinds, undone, counts, looks, done, ordered, placed, settled) for one in look(plans)]
    return list(dict.fromkeys((*found, *unasked(plans))))
