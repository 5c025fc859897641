"""Edits of where and when a world is, of its weather, and of how it is seen."""

from __future__ import annotations

from typing import Any

from ..errors import EditError
from ..manifest import Setting
from ..words import PASSINGS, SETTINGS, VIEWS
from .meant import Meant
from .words import ABOUT, BRIGHT, DEGREES, STRENGTHS, WET

LONGEST = 6
"""Words that stand for one setting, at most."""

CALM = 3.0
"""How strong wind in m/s is taken to be, where there is none, that is to be stronger."""


def _setting(edit: Meant, place: int) -> tuple[dict[str, Any], int] | None:
    """What is said of the setting here, and where that ends."""
    for length in range(LONGEST, 0, -1):
        text = " ".join(edit.words.tokens[place : place + length])
        if place + length > len(edit.words.tokens):
            continue
        if text in PASSINGS:
            return {"passing": PASSINGS[text]}, place + length
        if text in VIEWS:
            return {"view": VIEWS[text]}, place + length
        if text in BRIGHT:
            return {**SETTINGS.get(text, {}), "weather": "clear"}, place + length
        if SETTINGS.get(text):
            return dict(SETTINGS[text]), place + length
    return None


def _with(edit: Meant, changes: dict[str, Any]) -> None:
    setting = edit.manifest.setting.model_copy(update={k: v for k, v in changes.items() if k != "view"})
    view = {"view": changes["view"]} if "view" in changes else {}
    edit.manifest = edit.manifest.model_copy(update={"setting": setting, **view})


def told_setting(edit: Meant, place: int, said: dict[str, Any]) -> int | None:
    """Change what is said of the setting, ``said`` already in this edit; gives where that ends, None where something
    else is said. Raises EditError for what cannot be at once."""
    at, changes, sunny = place, dict[str, Any](), False
    while not edit.words.ends(at):
        found = _setting(edit, at)
        if found is None and edit.words.at(at) in ABOUT:
            at += 1
            continue
        if found is None:
            return None
        fields, end = found
        if fields.get("weather") == "clear":
            sunny = True
            wet = edit.manifest.setting.weather in WET or "weather" in {**said, **changes}
            fields = {"weather": "clear"} if wet else {}
        for key, value in fields.items():
            if (old := {**said, **changes}.get(key, value)) != value:
                raise edit.refused(" ".join(edit.words.tokens[at:end]), f"it is said to be {old} already")
        changes |= fields
        at = end
    hour = {**said, **changes}.get("hour")
    if sunny and hour == "night":
        raise edit.refused("", "the sun does not shine at night")
    changes |= {"hour": "day"} if sunny and hour is None else {}
    if not changes:
        return None
    _with(edit, changes)
    said |= changes
    return at


def taken_off(edit: Meant, place: int) -> int | None:
    """Take away what is said of the setting; gives where that ends. Raises EditError for what is not there."""
    at = place
    while edit.words.at(at) in ("the", "all", "more", "any"):
        at += 1
    found = _setting(edit, at)
    if found is None or not edit.words.ends(found[1]) or "view" in found[0]:
        return None
    fields, end = found
    usual = Setting()
    for key, value in fields.items():
        now = getattr(edit.manifest.setting, key)
        if now == getattr(usual, key) or (key != "wind" and now != value):
            raise EditError(f"'{edit.words.clause(edit.begin)}' changes nothing: there is none")
        _with(edit, {key: getattr(usual, key)})
    return end


def stronger_wind(edit: Meant, place: int) -> int | None:
    """Make the wind stronger or weaker; gives where that is said to the end. Raises EditError where there is none."""
    at, factor = place, 0.0
    blows = False
    while not edit.words.ends(at):
        found, degree = _setting(edit, at), edit.words.skip(at, sorted(DEGREES, key=len, reverse=True))
        if found is not None and set(found[0]) == {"wind"} and not blows:
            blows, at = True, found[1]
        elif degree is not None and edit.words.at(degree) in STRENGTHS and not factor:
            words = " ".join(edit.words.tokens[at:degree])
            factor, at = STRENGTHS[edit.words.at(degree)] ** DEGREES[words], degree + 1
        elif edit.words.at(at) in STRENGTHS and not factor:
            factor, at = STRENGTHS[edit.words.at(at)], at + 1
        elif edit.words.at(at) in ("a", "the", "be", "blow", "blows", "is"):
            at += 1
        else:
            return None
    if not blows or not factor:
        return None
    now = edit.manifest.setting.wind
    if not now and factor < 1.0:
        raise EditError(f"'{edit.words.clause(edit.begin)}' changes nothing: there is no wind")
    _with(edit, {"wind": round(min(factor * (now or CALM), 40.0), 3)})
    return at
