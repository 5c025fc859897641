"""Where things are, and where, when and in which weather it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..manifest import Manifest
from .asked import Stood, stems_of
from .plans import Difference, Plans

BESIDE = ("next to", "near", "left of", "right of", "in front of", "behind", "against", "around", "between", "at")
"""Relations of what is beside something."""

MEANT: dict[str, tuple[str, ...]] = {
    "on": ("on", "at the edge of", "at"),
    "at the edge of": ("at the edge of", "on"),
    "under": ("under", "hanging from"),
    "hanging from": ("hanging from", "under"),
    **dict.fromkeys(("next to", "near", "against"), BESIDE),
}
"""The relations of a plan that may be meant by one of a sentence; by others only they themselves are."""

TURNED: dict[str, tuple[str, ...]] = {
    "left of": ("right of",),
    "right of": ("left of",),
    "in front of": ("behind",),
    "behind": ("in front of",),
    "above": ("under",),
    "under": ("on", "above"),
    **dict.fromkeys(("next to", "near", "against"), BESIDE),
}
"""The relations that say the same the other way round."""

ALIKE = (
    *({"garden", "meadow"}, {"meadow", "hills"}, {"sea", "beach"}, {"mountains", "hills"}),
    *({"snowfield", where} for where in ("meadow", "forest", "hills", "mountains", "street")),
)
"""Places of which one may stand for another one."""

STACK = 4
"""How many things may be on each other between one and what it is said to be on."""


def placed(plans: Plans) -> Iterator[Difference]:
    """What is said to be on, under or beside something, and is not."""
    for stood in plans.asked.stood:
        things, others = plans.names_of(*stood.things), plans.names_of(stood.of)
        if not things or not others or plans.is_told(stood.relation.split()[0]):
            continue
        if not _stands(plans.manifest, stood, things, others) and not _meets(plans, things, others):
            yield Difference(stood.words, _instead(plans.manifest, things, others))


def _stands(manifest: Manifest, stood: Stood, things: set[str], others: set[str]) -> bool:
    meant, turned = MEANT.get(stood.relation, (stood.relation,)), TURNED.get(stood.relation, ())
    if _relations(manifest, others, things) & set(turned):
        return True
    for _ in range(STACK):
        if _relations(manifest, things, others) & set(meant):
            return True
        things = {
            n for s in manifest.subjects for p in s.places if s.name in things and p.relation in meant for n in p.of
        }
    return False


def _relations(manifest: Manifest, things: set[str], others: set[str]) -> set[str]:
    """The relations in which a plan puts some things to others."""
    return {p.relation for s in manifest.subjects if s.name in things for p in s.places if others & set(p.of)}


def _meets(plans: Plans, things: set[str], others: set[str]) -> bool:
    """Whether what happens puts some things to others: what rolls down a ramp begins on it."""
    happenings = plans.manifest.happenings
    return plans.is_ruled(things) or any(h.who in things and {h.to, h.source} & others for h in happenings)


def _instead(manifest: Manifest, things: set[str], others: set[str]) -> str:
    found = sorted(_relations(manifest, things, others))
    return f"in the plan it is {found[0]} it" if found else "the plan does not put it there"


def settled(plans: Plans) -> Iterator[Difference]:
    """Places, hours, weather, wind and views."""
    said: dict[str, set[Any]] = {}
    for _, value, _denied in plans.asked.setting:
        for key, one in value.items():
            said.setdefault(key, set()).add(one)
    for words, value, denied in plans.asked.setting:
        for key, one in value.items():
            if denied and _has(plans, key, one):
                yield Difference(f"no {words}", "the plan has it", contradicts=True)
            elif not denied and len(said[key]) == 1 and not _has(plans, key, one) and not _is_there(plans, words):
                yield Difference(words, f"in the plan it is {_value(plans.manifest, key) or 'not so'}")
    climates = {key for item in plans.asked.items if item.kind == "climate" for key in item.value}
    weather = plans.manifest.setting.weather
    if weather != "clear" and "weather" not in {*said, *climates} and not stems_of(_words(plans)) & stems_of(weather):
        yield Difference(weather, "the plan has it, and the sentence does not", again=False)


def _words(plans: Plans) -> str:
    return " ".join(item.words for item in plans.asked.items)


def _value(manifest: Manifest, key: str) -> Any:
    return manifest.view if key == "view" else getattr(manifest.setting, key)


def _has(plans: Plans, key: str, wanted: Any) -> bool:
    found, setting = _value(plans.manifest, key), plans.manifest.setting
    if key == "wind":
        return bool(found > 0.0)
    if key == "hour" and setting.passing:
        return True
    return found == wanted or (key == "where" and any({found, wanted} <= group for group in ALIKE))


def _is_there(plans: Plans, words: str) -> bool:
    """Whether words of the setting are told as left out, or a thing of the plan stands for them."""
    names = " ".join(f"{s.name} {s.thing}" for s in plans.manifest.subjects)
    return bool(stems_of(words) & (plans.told | stems_of(names)))
