"""Rules that a scene allows, for someone who does not know yet what can be said."""

from __future__ import annotations

from collections.abc import Iterator

from .vocabulary import Vocabulary

DOORS = ("door", "gate", "barrier", "shutter", "bridge")
LAMPS = ("lamp", "light", "beacon", "signal")
"""What is opened and what is turned on, by a word of its name."""


def ideas(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Rules in the names of a scene's own things, those first that show most. Whether each can be read is not looked at."""
    return tuple(dict.fromkeys(_ideas(vocabulary)))


def _ideas(vocabulary: Vocabulary) -> Iterator[str]:
    objects = vocabulary.objects
    movers = [name for name in objects if vocabulary.body_problem(name, "moved") is None]
    still = _still(vocabulary, movers)
    doors = [name for name in still if _is_called(name, DOORS)]
    lamps = [o.name for o in objects.values() if o.light is not None or _is_called(o.name, LAMPS)]
    plain = [name for name in still if name not in (*doors, *lamps)]
    touched = [name for name in plain if objects[name].body is not None]
    for mover in movers[:1]:
        for target in (touched or movers[1:])[:1]:
            yield from (f"When {mover} touches {target}, open {door}" for door in doors[:1])
            yield from (f"When {mover} touches {target}, turn on {lamp}" for lamp in lamps[:1])
            yield f"When {mover} touches {target}, {target} turns red"
        yield from (f"After 1 s, release {mover}", f"After 1 s, {mover} jumps 1 m")
        yield f"When {mover} is at rest, {mover} turns green"
    for name in (*doors, *plain)[:1]:
        yield f"After 1 s, {name} rises 1 m in 1 s"
        yield f"After 2 s, {name} turns by 90 degrees about z in 1 s"
    for lamp in lamps[:1]:
        yield f"After 1 s, turn {'on' if objects[lamp].light is None else 'off'} {lamp}"
    for name in (*plain, *movers)[:1]:
        yield f"After 3 s, {name} turns blue"
        yield f"After 3 s, hide {name}"


def _is_called(name: str, words: tuple[str, ...]) -> bool:
    return any(word in name.lower() for word in words)


def _still(vocabulary: Vocabulary, movers: list[str]) -> list[str]:
    """Meshes that physics does not move, the smallest first: the largest are what everything stands on."""
    found = [o for o in vocabulary.objects.values() if o.geometry is not None and o.name not in movers]
    return [o.name for o in sorted(found, key=lambda o: (max(o.dimensions), o.name))]
