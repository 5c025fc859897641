"""The coder without a model: rules in a small controlled English become scripts. A baseline, and the last resort.

A rule is a trigger and effects in either order. Understood triggers: ``A touches B`` (hits, reaches, has touched),
joined by ``and``, ``or``, ``unless``, ``but not if``, ``either … or …, but not both``; ``A has touched B N times``;
``each time A touches B``; ``after N seconds``; ``every N seconds``; ``A is above N m`` (below); ``A.key is V``; each
with a delay. Understood effects, joined by ``and``: move, raise, lower, slide, push by a distance or vector over a
time; open, close; rotate; turn on and off; set, add; launch with a velocity; release, freeze; enable and disable a
constraint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..scene_graph import SceneGraph
from .link import compose
from .models import CoderError, CodingRequest, CodingResult, OnText

NUMBER = r"[-+]?\d+(?:\.\d+)?"
TOUCH = r"(?:touches|touch|hits|hit|reaches|strikes|meets|lands on|collides with|has touched|has hit|have touched)"
SECONDS = rf"({NUMBER}) ?(?:seconds|second|s)\b"
VECTOR = rf"\(\s*({NUMBER})\s*,\s*({NUMBER})\s*,\s*({NUMBER})\s*\)"
LEAD = r"(?:when|whenever|if|once|as soon as)"
DIRECTIONS = {
    **dict.fromkeys(("up", "upwards"), (0, 0, 1)),
    **dict.fromkeys(("down", "downwards"), (0, 0, -1)),
    "right": (1, 0, 0),
    "left": (-1, 0, 0),
    **dict.fromkeys(("forward", "forwards"), (0, 1, 0)),
    **dict.fromkeys(("back", "backward", "backwards"), (0, -1, 0)),
}
VERBS = (
    r"(?:move|raise|lift|lower|slide|push|shift|open|close|shut|rotate|turn|spin|switch|set|add|increase|launch|throw|"
    r"shoot|release|let go of|drop|freeze|hold|enable|disable)"
)


@dataclass(frozen=True)
class _Trigger:
    """A Python condition; ``repeats`` if it is true only in the steps that count; ``delay`` in seconds."""

    condition: str
    repeats: bool = False
    delay: float = 0.0


class TemplateCoder:
    """Writes scripts by templates. Raises CoderError (kind ``rule``) naming the words that it does not understand."""

    name = "template"
    model: str | None = None

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the rules; goals are beyond a template."""
        if not request.rules:
            raise CoderError(
                "rule", "the template coder needs rules", "Give rules, or choose a coder with a language model"
            )
        snippets = [_Rule(rule, request.graph).code() for rule in request.rules]
        script = compose(request.rules, snippets)
        return CodingResult(script, script, 0, 0, None, self.name, None, 0)


class _Rule:
    def __init__(self, text: str, graph: SceneGraph) -> None:
        self.text = " ".join(text.split()).rstrip(".!;")
        names = sorted([*graph.names, *(c.name for c in graph.constraints)], key=len, reverse=True)
        self.names = {n.lower(): n for n in names}
        self.owner = "(?:the )?(" + "|".join(re.escape(n) for n in names) + ")"
        self.name = self.owner + r"(?!\.?\w)"

    def refuse(self, words: str) -> CoderError:
        advice = (
            "The template coder understands triggers such as 'When A touches B', 'After 2 seconds' and effects such as "
            "'open D', 'move D up by 1 m over 2 s', 'turn on L'; the scene has " + ", ".join(self.names.values())
        )
        return CoderError("rule", f"rule '{self.text}': '{words.strip()}' is not understood", advice)

    def code(self) -> str:
        trigger_words, effect_words = self.split()
        trigger = self.trigger(trigger_words)
        effects = [line for words in self.effects(effect_words) for line in self.effect(words)]
        label = re.sub(r"[^\w ]", "", effect_words)[:40]
        if not trigger.repeats:
            delay = f", {trigger.delay:g}" if trigger.delay else ""
            condition = f'once("{label}", {trigger.condition}{delay})'
        elif trigger.delay:
            condition = f'later("{label}", {trigger.condition}, {trigger.delay:g})'
        else:
            condition = trigger.condition
        return f"if {condition}:\n" + "".join(f"    {line}\n" for line in effects)

    def split(self) -> tuple[str, str]:
        """Trigger and effects: effects begin at the first verb that follows a comma, or lead the sentence."""
        if re.match(VERBS + r"\b", self.text, re.I):
            waits = rf"{NUMBER} (?:seconds?|s) after(?! {NUMBER})"
            border = rf"^(.+?),? (?=(?:{LEAD}|after|each time|every time|every|at|{waits}) )(.+)$"
            found = re.match(border, self.text, re.I)
            if not found:
                raise self.refuse(self.text)
            return found.group(2), found.group(1)
        found = re.match(rf"^(.+?),? (?:then )?((?:{NUMBER} (?:seconds?|s) later,? )?{VERBS}\b.+)$", self.text, re.I)
        for comma in re.finditer(r",", self.text):
            rest = self.text[comma.end() :].strip()
            if re.match(rf"(?:then )?(?:{NUMBER} (?:seconds?|s) later,? )?(?:then )?{VERBS}\b", rest, re.I):
                later = re.match(rf"(?:then )?({NUMBER}) (?:seconds?|s) later,? (.+)$", rest, re.I)
                before = self.text[: comma.start()]
                if later:
                    return f"{before}, wait {later.group(1)} seconds", later.group(2)
                return before, re.sub(r"^then ", "", rest, flags=re.I)
        if found:
            return found.group(1), found.group(2)
        raise self.refuse(self.text)

    def trigger(self, words: str) -> _Trigger:
        words = words.strip(" ,")
        if found := re.fullmatch(rf"(.+?),? (?:then )?wait {SECONDS}(?:,? then)?", words, re.I):
            inner = self.trigger(found.group(1))
            return _Trigger(inner.condition, inner.repeats, inner.delay + float(found.group(2)))
        if found := re.fullmatch(rf"(?:after|at) {SECONDS}|{SECONDS} after the start|", words, re.I):
            time = found.group(1) or found.group(2)
            if time:
                return _Trigger(f"now >= {float(time):g}")
        if found := re.fullmatch(rf"{SECONDS} after (.+)", words, re.I):
            inner = self.trigger(found.group(2))
            return _Trigger(inner.condition, inner.repeats, inner.delay + float(found.group(1)))
        if found := re.fullmatch(rf"every {SECONDS}", words, re.I):
            return _Trigger(f"every({float(found.group(1)):g})", repeats=True)
        if found := re.fullmatch(rf"(?:each time|every time|whenever) {self.name} {TOUCH} {self.name}", words, re.I):
            return _Trigger(f'new_touch("{self.known(found.group(1))}", "{self.known(found.group(2))}")', repeats=True)
        return _Trigger(self.condition(re.sub(rf"^{LEAD} ", "", words, flags=re.I)))

    def condition(self, words: str) -> str:
        """A condition as Python, by splitting at the joining words, loosest first."""
        words = words.strip(" ,")
        if found := re.fullmatch(r"either (.+?) or (.+?),? but not both", words, re.I):
            return f"({self.condition(found.group(1))}) != ({self.condition(found.group(2))})"
        for joint, form in (
            (r",? (?:unless|but not if|but not when)(?: if)? ", "({}) and not ({})"),
            (r",? or ", "({}) or ({})"),
            (r",? and ", "({}) and ({})"),
        ):
            parts = re.split(joint, words, maxsplit=1, flags=re.I)
            if len(parts) == 2:
                return form.format(self.condition(parts[0]), self.condition(parts[1]))
        return self.clause(words)

    def clause(self, words: str) -> str:
        if found := re.fullmatch(rf"{self.name} (?:has|have) touched {self.name} (\d+) times", words, re.I):
            return f'touch_count("{self.known(found.group(1))}", "{self.known(found.group(2))}") >= {found.group(3)}'
        if found := re.fullmatch(
            rf"{self.name} (?:has not|have not|does not|did not) (?:touched|touch|hit) {self.name}", words, re.I
        ):
            return f'not touched("{self.known(found.group(1))}", "{self.known(found.group(2))}")'
        if found := re.fullmatch(rf"{self.name} {TOUCH} {self.name}", words, re.I):
            return f'touched("{self.known(found.group(1))}", "{self.known(found.group(2))}")'
        if found := re.fullmatch(rf"{self.name} is (above|below) ({NUMBER}) ?(?:m|metres?|meters?)?", words, re.I):
            sign = ">" if found.group(2).lower() == "above" else "<"
            return f'objects["{self.known(found.group(1))}"].location.z {sign} {float(found.group(3)):g}'
        if found := re.fullmatch(rf"{self.owner}\.(\w+) is (.+)", words, re.I):
            return f'objects["{self.known(found.group(1))}"].get("{found.group(2)}") == {_value(found.group(3))}'
        raise self.refuse(words)

    def effects(self, words: str) -> list[str]:
        return re.split(rf",? (?:and|then|and then) (?={VERBS}\b)", words, flags=re.I)

    def known(self, name: str) -> str:
        return self.names[name.lower()]

    def effect(self, words: str) -> list[str]:
        """One effect as statements."""
        words = words.strip(" ,")
        over = ""
        if found := re.search(rf",? (?:over|within|in|during) {SECONDS}$", words, re.I):
            over, words = f", {float(found.group(1)):g}", words[: found.start()]
        ways = "|".join(DIRECTIONS)
        metres = rf"({NUMBER}) ?(?:m|metres?|meters?)"
        if found := re.fullmatch(rf"(?:move|slide|push|shift) {self.name} by {VECTOR}(?: ?m)?", words, re.I):
            return [f'glide("{self.known(found.group(1))}", ({", ".join(found.groups()[1:])}){over})']
        if found := re.fullmatch(
            rf"(?:move|slide|push|shift) {self.name} (?:to the )?({ways}) by {metres}", words, re.I
        ):
            return [self.glide(found.group(1), DIRECTIONS[found.group(2).lower()], found.group(3), over)]
        if found := re.fullmatch(rf"(raise|lift|lower) {self.name} by {metres}", words, re.I):
            way = DIRECTIONS["down" if found.group(1).lower() == "lower" else "up"]
            return [self.glide(found.group(2), way, found.group(3), over)]
        if found := re.fullmatch(rf"(open|close|shut) {self.name}", words, re.I):
            verb = "open_door" if found.group(1).lower() == "open" else "close_door"
            return [f'{verb}("{self.known(found.group(2))}")']
        if found := re.fullmatch(
            rf"(?:rotate|turn|spin) {self.name} by ({NUMBER}) degrees about (?:the )?([xyz])(?:[- ]axis)?", words, re.I
        ):
            return [f'turn("{self.known(found.group(1))}", {found.group(2)}, "{found.group(3).lower()}"{over})']
        if found := re.fullmatch(
            rf"(?:switch|turn) (on|off) constraint {self.name}|(enable|disable) (?:constraint )?{self.name}",
            words,
            re.I,
        ):
            on = (found.group(1) or found.group(3)).lower() in ("on", "enable")
            return [f'objects["{self.known(found.group(2) or found.group(4))}"].rigid_body_constraint.enabled = {on}']
        if found := re.fullmatch(rf"(?:turn|switch) (on|off) {self.name}", words, re.I):
            return [f'objects["{self.known(found.group(2))}"]["on"] = {found.group(1).lower() == "on"}']
        if found := re.fullmatch(rf"set {self.owner}\.(\w+) to (.+)", words, re.I):
            return [f'objects["{self.known(found.group(1))}"]["{found.group(2)}"] = {_value(found.group(3))}']
        if found := re.fullmatch(rf"add ({NUMBER}) to {self.owner}\.(\w+)", words, re.I):
            return [self.add(found.group(2), found.group(3), found.group(1))]
        if found := re.fullmatch(rf"increase {self.owner}\.(\w+) by ({NUMBER})", words, re.I):
            return [self.add(found.group(1), found.group(2), found.group(3))]
        if found := re.fullmatch(
            rf"(?:launch|push|throw|shoot) {self.name} with (?:a )?velocity (?:of )?{VECTOR}(?: ?m/s)?", words, re.I
        ):
            return [f'objects["{self.known(found.group(1))}"].velocity = ({", ".join(found.groups()[1:])})']
        if found := re.fullmatch(rf"(release|let go of|drop|freeze|hold) {self.name}", words, re.I):
            held = found.group(1).lower() in ("freeze", "hold")
            return [f'objects["{self.known(found.group(2))}"].rigid_body.kinematic = {held}']
        raise self.refuse(words)

    def glide(self, name: str, way: tuple[int, ...], distance: str, over: str) -> str:
        offset = ", ".join(f"{axis * float(distance):g}" for axis in way)
        return f'glide("{self.known(name)}", ({offset}){over})'

    def add(self, name: str, key: str, amount: str) -> str:
        target = f'objects["{self.known(name)}"]'
        return f'{target}["{key}"] = {target}.get("{key}", 0) + {amount}'


def _value(words: str) -> str:
    words = words.strip(" '\"")
    if words.lower() in ("true", "on", "yes"):
        return "True"
    if words.lower() in ("false", "off", "no"):
        return "False"
    return words if re.fullmatch(NUMBER, words) else repr(words)
