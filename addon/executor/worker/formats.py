"""Texts that a script makes: the widths and precisions that a format asks for, and what must not stand in them.

One large width in a short text makes a text of gigabytes.
"""

import re

MOST = 100
"""Greatest width or precision."""

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def without_addresses(text):
    """The text of a value without where it lies in memory, which differs from run to run."""
    return _ADDRESS.sub("", text).replace("__script.<locals>.", "") if " at 0x" in text else text


def spec_sizes(spec):
    """The numbers in the specification of one field of an f-string, as ``>12.3f``."""
    return [_number(digits) for digits in "".join(c if c.isdecimal() else " " for c in spec).split()]


def percent_sizes(text, values):
    """The widths and precisions of all fields in ``text % values``; a ``*`` takes its number from the values."""
    items = iter(values if isinstance(values, tuple) else (values,))
    found, at = [], text.find("%")
    while at >= 0:
        at, is_field = _field(text, at + 1, items, found)
        if is_field:
            next(items, None)
        at = text.find("%", at)
    return found


def _field(text, at, items, found):
    """Go through one field behind its percent sign; where it ends, and whether it takes a value of the tuple."""
    named = text[at : at + 1] == "("
    if named:
        at = _closing(text, at)
    while text[at : at + 1] and text[at] in "#0- +":
        at += 1
    at = _size(text, at, items, found)
    if text[at : at + 1] == ".":
        at = _size(text, at + 1, items, found)
    while text[at : at + 1] and text[at] in "hlL":
        at += 1
    return at + 1, not named and text[at : at + 1] != "%"


def _closing(text, at):
    depth = 0
    while at < len(text):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            break
    return at


def _size(text, at, items, found):
    if text[at : at + 1] == "*":
        value = next(items, 0)
        found.append(abs(value) if isinstance(value, int) else 0)
        return at + 1
    end = at
    while text[end : end + 1].isdecimal():
        end += 1
    if end > at:
        found.append(_number(text[at:end]))
    return end


def _number(digits):
    return int(digits) if len(digits) <= 3 else MOST + 1
