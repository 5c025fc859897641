"""A body that is not there for a while: nothing is told of it in the meantime."""

from dataclasses import fields, replace

import numpy as np
import pytest

from addon.patterns.library import run
from addon.patterns.spells import flips
from addon.trace import ContactColumns
from tests.patterns.scenes import recorded


def without(trace, column, first, last):
    """The trace with a body that is absent from one frame to another, both included."""
    gone = np.zeros(len(trace.position), dtype=bool)
    gone[first : last + 1] = True
    changed = {}
    for name in ("position", "quaternion", "scale", "velocity", "angular_velocity", "volume"):
        changed[name] = np.array(getattr(trace, name), dtype=float)
        changed[name][gone, column] = np.nan
    if last + 1 < len(gone):  # there is no pose before that it could have moved from
        changed["velocity"][last + 1, column] = changed["angular_velocity"][last + 1, column] = 0.0
    present = trace.present.copy()
    present[gone, column] = False
    c = trace.contacts
    kept = ~(gone[c.frame] & ((c.a == column) | (c.b == column)))
    columns = {f.name: getattr(c, f.name) for f in fields(ContactColumns)}
    contacts = ContactColumns(**{k: None if v is None else v[kept] for k, v in columns.items()})
    return replace(trace, present=present, contacts=contacts, events=[], **changed)


def named(activation):
    """The bodies of an event, without that which set it going and may be gone by then."""
    for key, value in activation.parameters.items():
        if key != "by":
            yield from value if isinstance(value, list | tuple) else [value]


@pytest.mark.parametrize("scene", ["throw", "deflect", "dominoes", "lever", "tower"])
def test_no_event_names_a_body_while_it_is_absent(scene):
    trace = recorded(scene)
    length = len(trace.position)
    for column, name in enumerate(trace.bodies):
        for first in (length // 4, length // 2):
            last = first + length // 4
            for a in run(without(trace, column, first, last)):
                end = a.frame if a.end is None else a.end
                # What stood on it loses its support when it goes.
                goes = a.uid == "LoseSupport" and a.frame == first
                assert name not in named(a) or end < first or a.frame > last or goes, (a, first, last)


def test_what_two_heights_are_before_and_after_an_absence_is_no_flip():
    value = np.array([2.0, 1.0, np.nan, np.nan, -1.0, -2.0, -1.0, 0.5, 2.0])
    assert [found.tolist() for found in flips(value[:, None], 0.1)] == [[0], [7]]
