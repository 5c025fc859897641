"""Custom properties: set, counted up and down, multiplied, turned on and off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar, Literal

from ..lamps import is_lamp
from ..model import Condition, Effect
from ..reference import Ref
from ..units import told
from .lighting import Shine, SwitchLight
from .showing import ShowText

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

Value = bool | int | float | str
Kind = Literal["switch", "number", "text"]
_NOUN: dict[Kind, str] = {"switch": "true or false", "number": "a number", "text": "a text"}


class Property(Effect):
    """What is done to property ``key`` of a thing; without a key the scene tells which is meant."""

    key: str = ""

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return f"property {self.key}"

    def wanted(self) -> Kind | None:
        """What the property must hold; None if anything does."""
        raise NotImplementedError

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if not name:
            return self._owners_problem(scene)
        if (instead := self.shown(scene)) is not None:
            return instead.problem(scene, name)
        if doubt := self._owner_problem(scene, name):
            return doubt
        held = scene.objects[name].scalars
        wanted = self.wanted()
        if self.key:
            if self.key in scene.objects[name].properties and self.key not in held:
                return f"property '{self.key}' of {name} holds several numbers, which rules cannot change"
            if self.key not in held:
                return f"{name} has no property '{self.key}'{_those(held)}"
            kind = kind_of(held[self.key])
            return None if wanted in (None, kind) else f"property '{self.key}' of {name} is {_NOUN[kind]}"
        found = _fitting(held, wanted)
        if len(found) == 1:
            return None
        if found:
            return f"{name} has the properties {' and '.join(map(repr, found))}; say which"
        return _lacking(name, held, wanted)

    def shown(self, scene: Vocabulary) -> Effect | None:
        """What is done to the looks of things, where these and no properties are meant; None where properties are."""
        return None

    def _owner_problem(self, scene: Vocabulary, name: str) -> str | None:
        if name in scene.others:
            kind = scene.others[name]
            return f"{name} is a {kind}; what it shows cannot be changed by rules yet"
        if name not in scene.objects:
            return f"{name} is a joint and has no properties"
        return None

    def _owners_problem(self, scene: Vocabulary) -> str | None:
        owners = _owners(scene, self.key)
        if len(owners) > 1:
            return f"{' and '.join(owners)} have a property '{self.key}'; say whose is meant"
        return self.problem(scene, owners[0]) if owners else f"nothing has a property '{self.key}'"

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        thing = self.thing if self.thing.names else Ref(names=(_owners(scene, self.key)[0],))
        found = self.model_copy(update={"thing": thing})
        return found.model_copy(update={"key": self.key or found._key(scene)})

    def _key(self, scene: Vocabulary) -> str:
        keys = {_fitting(scene.objects[n].scalars, self.wanted())[0] for n in self.thing.names}
        return keys.pop() if len(keys) == 1 else ""

    def owned(self) -> str:
        """The property in words."""
        if not self.key:
            return str(self.thing)
        if len(self.thing.names) == 1:
            return f"{self.thing}'s {self.key}"
        return f"{self.key} of {self.thing}"

    def place(self, name: str) -> str:
        """The property in code."""
        return f"objects[{name}][{json.dumps(self.key, ensure_ascii=False)}]"


class SetProperty(Property):
    """A property gets a value; without one, the value that it has at the start."""

    kind: Literal["set"] = "set"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Blob.awake becomes true",
        "When Ball touches Plate, set Counter.count to 3",
        "5 s after the start, the count of Counter becomes 10",
    )
    cues: ClassVar[tuple[str, ...]] = (
        "on",
        "off",
        "goes",
        "comes",
        "running",
        "runs",
        "start",
        "starts",
        "starting",
        "run",
    )
    value: Value | None

    def shown(self, scene: Vocabulary) -> Effect | None:
        """See `Property.shown`."""
        if isinstance(self.value, bool) and (key := _lamps_key(self, scene)) is not None:
            return Shine(thing=self.thing, part=float(self.value), key=key)
        if isinstance(self.value, str) and all(_is_text(scene, name, self.key) for name in self.thing.names or ("",)):
            return ShowText(thing=self.thing, text=self.value)
        return None

    def happening_to(self, thing: Ref) -> Condition | None:
        """See `Effect.happening_to`."""
        from ..conditions.properties import Property as Held

        return Held(thing=thing, value=self.value, begins=True) if isinstance(self.value, bool) else None

    def wanted(self) -> Kind | None:
        """See `Property.wanted`."""
        return None if self.value is None else kind_of(self.value)

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if isinstance(self.value, bool):
            if self.key in ("on", ""):
                return f"{self.thing} turn{self.thing.ending} {'on' if self.value else 'off'}"
            return f"{self.owned()} becomes {'true' if self.value else 'false'}"
        return f"{self.owned()} becomes {_shown(self.value)}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"{self.place(name)} = {_literal(self.value)}"]

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        if (instead := self.shown(scene)) is not None:
            return instead
        found = super().settled(scene)
        if self.value is not None or not isinstance(found, SetProperty):
            return found
        return found.model_copy(update={"value": scene.objects[found.thing.name].scalars[found.key]})

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return self.model_copy(update={"value": not self.value}) if isinstance(self.value, bool) else None


class AddProperty(Property):
    """A number grows or falls."""

    kind: Literal["add"] = "add"
    examples: ClassVar[tuple[str, ...]] = (
        "Whenever Ball touches Plate, add 1 to Counter",
        "When Ball touches Plate, increase Counter's count by 5",
        "When Box touches Floor, subtract 2 from Counter.count",
    )
    amount: float

    def wanted(self) -> Kind | None:
        """See `Property.wanted`."""
        return "number"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.owned()} goes {'down' if self.amount < 0 else 'up'} by {_shown(abs(self.amount))}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"{self.place(name)} {'-' if self.amount < 0 else '+'}= {_literal(abs(self.amount))}"]

    @property
    def continuous(self) -> bool:
        """See `Effect.continuous`."""
        return True


class MultiplyProperty(Property):
    """A number is multiplied."""

    kind: Literal["multiply"] = "multiply"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, double the count of Counter",
        "When Ball touches Plate, multiply Counter.count by 1.5",
    )
    factor: float

    def wanted(self) -> Kind | None:
        """See `Property.wanted`."""
        return "number"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.owned()} is multiplied by {_shown(self.factor)}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"{self.place(name)} *= {_literal(self.factor)}"]


class Toggle(Property):
    """True becomes false and the other way round."""

    kind: Literal["toggle"] = "toggle"
    examples: ClassVar[tuple[str, ...]] = (
        "Every 2 s, toggle Blob",
        "Each time Ball touches Plate, switch Blob to its other state",
    )

    def wanted(self) -> Kind | None:
        """See `Property.wanted`."""
        return "switch"

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return self.shown(scene) or super().settled(scene)

    def shown(self, scene: Vocabulary) -> Effect | None:
        """See `Property.shown`."""
        key = _lamps_key(self, scene)
        return None if key is None else SwitchLight(thing=self.thing, key=key)

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing if self.key == 'on' else self.owned()} toggle{self.thing.ending}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"{self.place(name)} = not {self.place(name)}"]


def _lamps_key(effect: Property, scene: Vocabulary) -> str | None:
    """The property of lamps that is meant, empty where they have none; None where not all of the things are lamps, or
    something else than that they shine is meant."""
    keys = set()
    for name in effect.thing.names:
        obj = scene.objects.get(name)
        if obj is None or not is_lamp(obj):
            return None
        fitting = _fitting(obj.scalars, "switch")
        if effect.key and effect.key not in fitting:
            return None
        if len(fitting) > 1 and not effect.key:
            return None
        keys.add(effect.key or "".join(fitting))
    return keys.pop() if len(keys) == 1 else None


def _is_text(scene: Vocabulary, name: str, key: str) -> bool:
    obj = scene.objects.get(name)
    return obj is not None and obj.text is not None and not key and not _fitting(obj.scalars, "text")


def _owners(scene: Vocabulary, key: str) -> list[str]:
    """The things that have a property of a name."""
    return [name for name, obj in scene.objects.items() if key in obj.scalars]


def kind_of(value: Value) -> Kind:
    """What a value is."""
    return "switch" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"


def _fitting(held: dict[str, Value], wanted: Kind | None) -> list[str]:
    """Properties that can be meant where none is named."""
    found = [key for key, value in held.items() if wanted in (None, kind_of(value))]
    return ["on"] if wanted == "switch" and "on" in found else found


def _those(held: dict[str, Value]) -> str:
    return f"; it has {', '.join(map(repr, held))}" if held else ""


def _lacking(name: str, held: dict[str, Value], wanted: Kind | None) -> str:
    if wanted == "switch":
        return f"{name} has no property 'on'{_those(held)}; to let it give light, say '{name} glows'"
    kind = f" that is {_NOUN[wanted]}" if wanted and held else ""
    return f"{name} has no property{kind}"


def _shown(value: Value | None) -> str:
    if value is None:
        return "what it was at the start"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else told(value)


def _literal(value: Value | None) -> str:
    if isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else told(value or 0)
