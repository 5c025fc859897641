"""The controlled English of the template coder: which phrases it knows and what Python they become.

Names of objects stand in the text as ``@0``, ``@1`` … (their numbers in ``Phrases.names``), so that no pattern has to
deal with names of several words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

NUMBER = r"([-+]?\d+(?:\.\d+)?)"
SECONDS = rf"{NUMBER} ?(?:seconds?|secs?|s)\b"
METRES = rf"{NUMBER} ?(?:m|metres?|meters?)\b"
VECTOR = rf"\( ?{NUMBER}, ?{NUMBER}, ?{NUMBER} ?\)"
NAME = r"@(\d+)"
PROPERTY = rf"{NAME}\.(\w+)"
TOUCH = r"(?:touch|touches|hits?|reach(?:es)?|strikes?|meets?|lands on|collides? with|bumps into)"
TOUCHED = r"(?:touched|hit|reached|struck|met|landed on|collided with|bumped into)"
VERB = (
    r"(?:move|raise|lift|lower|slide|push|pull|shift|open|close|shut|rotate|turn|spin|switch|toggle|set|add|increase|give|"
    r"launch|throw|shoot|light|release|let go of|drop|freeze|hold|stop|enable|disable)\b"
)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
COUNTS = {"once": 1, "twice": 2, "three times": 3, "four times": 4, "five times": 5}
DIRECTIONS = {
    "up": (0, 0, 1),
    "down": (0, 0, -1),
    "right": (1, 0, 0),
    "left": (-1, 0, 0),
    "forward": (0, 1, 0),
    "back": (0, -1, 0),
}
WAY = r"(?:to the )?(up|down|right|left|forward|back)(?:wards?)?"

Match = re.Match[str]


class UnknownWordsError(ValueError):
    """Words that no pattern knows."""


class Phrases:
    """Phrases about the objects of one scene. ``names`` are its objects and constraints."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)

    def encode(self, text: str, any_case: bool = True) -> str:
        """The text with ``@number`` for names. A name that is also a verb counts as the verb before its object."""
        known = "|".join(re.escape(n) for n in sorted(self.names, key=len, reverse=True))
        if not known:
            return text
        pattern = rf"(?:\bthe )?(?<![\w@])({known})(?!\w)"
        after = re.compile(rf" (?:(?:on|off|up|holding) )?(?:constraint|the|{known})\b", re.IGNORECASE)
        lower = [n.lower() for n in self.names]

        def number(found: Match) -> str:
            may_be_verb = not found.start() or (any_case and re.fullmatch(VERB, found[1], re.IGNORECASE))
            return found[0] if may_be_verb and after.match(text, found.end()) else f"@{lower.index(found[1].lower())}"

        return re.sub(pattern, number, text, flags=re.IGNORECASE if any_case else 0)

    def mentions(self, text: str) -> tuple[list[str], str]:
        """The names in a text, in its order and as often, and the text with a blank for each.

        Only where no name is written as it is may its letters be of any case: else ``light`` would be ``Light``.
        """
        coded = self.marked(text)
        return [self.names[int(number)] for number in re.findall(NAME, coded)], re.sub(NAME, " ", coded)

    def marked(self, text: str) -> str:
        """The text with ``@number`` for each of its `mentions`."""
        coded = self.encode(text, any_case=False)
        return coded if re.search(r".@", coded) else self.encode(text)

    def decode(self, text: str) -> str:
        """The text with the names in their places."""
        return re.sub(NAME, lambda found: self.names[int(found[1])], text)

    def name(self, number: str) -> str:
        """The Python literal of a name."""
        return _text(self.names[int(number)])

    def condition(self, words: str) -> str:
        """A condition as Python. Raises UnknownWordsError."""
        words = re.sub(r"^both ", "", words.strip(" ,"), flags=re.IGNORECASE)
        if found := _match(r"either (.+?),? or (.+?),? but not both", words):
            return f"({self.condition(found[1])}) != ({self.condition(found[2])})"
        if found := _match(r"(.+?),? (?:unless|but not if|but not when|except if|except when) (.+)", words):
            return f"({self.condition(found[1])}) and not ({self.condition(found[2])})"
        for pattern, earlier in (
            (r"(.+?),? and (?:then|after that|afterwards),? (.+)", 1),
            (rf"(@\d+ {TOUCH} @\d+) after (.+)", 2),
        ):
            if found := _match(pattern, words):
                return self.in_order(found[earlier], found[3 - earlier])
        words = re.sub(r"^either ", "", words, flags=re.IGNORECASE)
        for joint in ("or", "and", "but"):
            parts = re.split(rf",? {joint} ", words, flags=re.IGNORECASE)
            if len(parts) > 1:
                parts = [part for whole in parts for part in whole.split(", ")]
                return {"or": " or ", "and": " and ", "but": " and "}[joint].join(self.condition(p) for p in parts)
        for pattern, build in CONDITIONS:
            if found := _match(pattern, words):
                return build(self, found)
        raise UnknownWordsError(words)

    def in_order(self, first: str, then: str) -> str:
        """Two touches, one after the other. Raises UnknownWordsError."""
        touch = rf"@(\d+) (?:{TOUCH}|(?:has |have )?{TOUCHED}) @(\d+)"
        pairs = [_match(touch, words.strip(" ,")) for words in (first, then)]
        if pairs[0] is None or pairs[1] is None:
            raise UnknownWordsError(f"{first} … {then}")
        return f"in_order({self.pair(pairs[0])}, {self.pair(pairs[1])})"

    def pair(self, found: Match) -> str:
        """The two names at the head of a match, as arguments."""
        return f"{self.name(found[1])}, {self.name(found[2])}"

    def effect(self, words: str) -> str:
        """An effect as a statement. Raises UnknownWordsError."""
        plain = words.strip(" ,")
        over = ""
        if found := re.search(rf",? (?:over|within|in|during) {SECONDS}$", plain, re.IGNORECASE):
            over, plain = f", {float(found[1]):g}", plain[: found.start()]
        for pattern, build in EFFECTS:
            if found := _match(pattern, plain):
                return build(self, found, over)
        raise UnknownWordsError(words.strip(" ,"))

    def object(self, number: str) -> str:
        """An object as Python."""
        return f"objects[{self.name(number)}]"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _match(pattern: str, words: str) -> Match | None:
    return re.fullmatch(pattern, words, re.IGNORECASE)


def _value(words: str) -> str:
    """A property's value: truth, number or text."""
    plain = words.strip(" '\"")
    if plain.lower() in ("true", "on", "yes"):
        return "True"
    if plain.lower() in ("false", "off", "no"):
        return "False"
    return plain if _match(NUMBER, plain) else _text(plain)


def _count(words: str) -> int:
    return COUNTS.get(words.lower()) or int(words.split()[0])


def _touched(p: Phrases, m: Match) -> str:
    return f"touched({p.pair(m)})"


def _not_touched(p: Phrases, m: Match) -> str:
    return f"not touched({p.pair(m)})"


def _times(p: Phrases, m: Match) -> str:
    return f"touch_count({p.pair(m)}) >= {_count(m[3])}"


def _nth(p: Phrases, m: Match) -> str:
    return f"touch_count({p.pair(m)}) >= {ORDINALS[m[3].lower()]}"


def _height(p: Phrases, m: Match) -> str:
    sign = ">" if m[2].lower() in ("above", "higher than", "over") else "<"
    return f"{p.object(m[1])}.location.z {sign} {m[3] or m[4]}"


def _is(p: Phrases, m: Match) -> str:
    return f"{p.object(m[1])}.get({_text(m[2])}) == {_value(m[3])}"


def _compare(p: Phrases, m: Match) -> str:
    sign = {"at least": ">=", "at most": "<=", "above": ">", "over": ">", "more than": ">"}.get(m[3].lower(), "<")
    return f"{p.object(m[1])}.get({_text(m[2])}, 0) {sign} {m[4]}"


def _is_on(p: Phrases, m: Match) -> str:
    return f'{p.object(m[1])}.get("on") == {_value(m[2])}'


_TIMES = r"(once|twice|(?:three|four|five|\d+) times)"
CONDITIONS: list[tuple[str, Callable[[Phrases, Match], str]]] = [
    (rf"{NAME} (?:{TOUCH}|(?:has|have) {TOUCHED}) {NAME} {_TIMES}", _times),
    (rf"{NAME} (?:{TOUCH}|has {TOUCHED}) {NAME} for the ({'|'.join(ORDINALS)}) time", _nth),
    (rf"{NAME} (?:{TOUCH}|(?:has |have )?{TOUCHED}) {NAME}", _touched),
    (rf"{NAME} (?:(?:has|have) (?:not|never) {TOUCHED}|(?:does|did) not {TOUCH}) {NAME}", _not_touched),
    (rf"{NAME} (?:is|rises|falls|gets) (above|below|higher than|lower than|over|under) (?:{METRES}|{NUMBER})", _height),
    (rf"{PROPERTY} is (at least|at most|above|below|over|under|more than|less than) {NUMBER}", _compare),
    (rf"{PROPERTY} (?:is|equals|becomes|reaches) (.+)", _is),
    (rf"{NAME} is (on|off)", _is_on),
]
"""Patterns of conditions with what they become."""


def _by_vector(p: Phrases, m: Match, over: str) -> str:
    return f"glide({p.name(m[1])}, ({m[2]}, {m[3]}, {m[4]}){over})"


def _offset(p: Phrases, number: str, way: str, distance: str, over: str) -> str:
    x, y, z = (f"{axis * float(distance):g}" if axis else "0" for axis in DIRECTIONS[way])
    return f"glide({p.name(number)}, ({x}, {y}, {z}){over})"


def _by_way(p: Phrases, m: Match, over: str) -> str:
    return _offset(p, m[1], m[2].lower(), m[3], over)


def _by_distance(p: Phrases, m: Match, over: str) -> str:
    return _offset(p, m[1], m[3].lower(), m[2], over)


def _raise(p: Phrases, m: Match, over: str) -> str:
    return _offset(p, m[2], "down" if m[1].lower() == "lower" else "up", m[3], over)


def _door(p: Phrases, m: Match, over: str) -> str:
    return f"{'open' if m[1].lower() == 'open' else 'close'}_door({p.name(m[2])})"


def _turn(p: Phrases, m: Match, over: str) -> str:
    return f'turn({p.name(m[1])}, {m[2]}, "{m[3].lower()}"{over})'


def _constraint(p: Phrases, m: Match, over: str, on: tuple[str, ...] = ("enable", "on")) -> str:
    return f"{p.object(m[2])}.rigid_body_constraint.enabled = {m[1].lower() in on}"


def _switch(p: Phrases, m: Match, over: str) -> str:
    way, number = (m[1], m[2]) if m[1] else (m[4], m[3])
    return f'{p.object(number)}["on"] = {way.lower() == "on"}'


def _toggle(p: Phrases, m: Match, over: str) -> str:
    key = _text(m[2] or "on")
    return f"{p.object(m[1])}[{key}] = not {p.object(m[1])}.get({key})"


def _set(p: Phrases, m: Match, over: str) -> str:
    return f"{p.object(m[1])}[{_text(m[2])}] = {_value(m[3])}"


def _add(p: Phrases, m: Match, over: str, order: tuple[int, int, int] = (2, 3, 1)) -> str:
    number, key, amount = (m[i] for i in order)
    return f"{p.object(number)}[{_text(key)}] = {p.object(number)}.get({_text(key)}, 0) + {amount}"


def _velocity(p: Phrases, m: Match, over: str) -> str:
    return f"{p.object(m[1])}.velocity = ({m[2]}, {m[3]}, {m[4]})"


def _hold(p: Phrases, m: Match, over: str) -> str:
    return f"{p.object(m[2])}.rigid_body.kinematic = {m[1].lower() in ('freeze', 'hold')}"


_MOVE = "(?:move|slide|push|pull|shift)"
EFFECTS: list[tuple[str, Callable[[Phrases, Match, str], str]]] = [
    (rf"{_MOVE} {NAME} by {VECTOR}(?: ?m)?", _by_vector),
    (rf"{_MOVE} {NAME} {WAY}(?: by)? {METRES}", _by_way),
    (rf"{_MOVE} {NAME} {METRES} {WAY}", _by_distance),
    (rf"(raise|lift|lower) {NAME} by {METRES}", _raise),
    (rf"(open|close|shut) {NAME}", _door),
    (rf"(?:rotate|turn|spin) {NAME} by {NUMBER} ?(?:degrees|°) (?:about|around) (?:the )?([xyz])(?:[- ]axis)?", _turn),
    (rf"(?:switch|turn) (on|off) (?:the )?constraint {NAME}", _constraint),
    (rf"(enable|disable) (?:the )?(?:constraint )?{NAME}", _constraint),
    (rf"(?:switch|turn) (?:(on|off) {NAME}|{NAME} (on|off))", _switch),
    (rf"toggle {NAME}(?:\.(\w+))?", _toggle),
    (rf"set {PROPERTY} to (.+)", _set),
    (rf"add {NUMBER} to {PROPERTY}", _add),
    (rf"increase {PROPERTY} by {NUMBER}", partial(_add, order=(1, 2, 3))),
    (rf"(?:launch|push|throw|shoot) {NAME} with (?:a |the )?velocity (?:of )?{VECTOR}(?: ?m/s)?", _velocity),
    (rf"give {NAME} (?:a |the )?velocity (?:of )?{VECTOR}(?: ?m/s)?", _velocity),
    (rf"(release|let go of|drop|freeze|hold) {NAME}", _hold),
]
"""Patterns of effects with what they become; the text of a duration comes ready."""
