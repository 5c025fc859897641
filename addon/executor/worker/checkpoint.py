"""A running script as plain data, and back: its names and `state`, random numbers, and what it wrote to the scene.

Values are kept as a table of nodes ``[kind, content]``, so that two names of one list stay two names of one list.
Inside a node, numbers, texts, True, False and None stand for themselves and ``[i]`` for node i.
"""

import json
import sys
from collections import deque
from functools import partial
from itertools import permutations
from math import isfinite
from types import FunctionType

from .facade import SceneObject
from .guards import LongRange, ScriptLimit
from .looks import Color
from .matrices import Matrix, from_rows
from .rotations import Euler, Quaternion, euler
from .values import Values, made, refuse_change
from .vectors import Vector
from .world import Record

ROOM = 50
"""What an answer holds besides a checkpoint, in bytes."""

OBJECT_FIELDS = ("_held", "_euler", "_looks", "_mode", "_props")


class NotKeptError(Exception):
    """A value that plain data cannot hold."""


def save(script):
    """Everything that the script's next step depends on, apart from the scene's numbers.

    The script's own sets are filled again, so that it goes on with sets of the same order as those made by `restore`.
    Raises NotKeptError or ScriptLimit (larger than an answer may be), and leaves everything as it was.
    """
    table = _Table(script)
    names = {k: v for k, v in script.names.items() if not k.startswith("__") and k not in ("bpy", "frame")}
    kept = table.names(names)
    world = script.world
    data = {
        "nodes": table.nodes,
        "names": kept,
        "random": script.random.getstate(),
        "started": script.started,
        "printed": script.printed_total,
        "pairs": list(world._flat),
        "gravity": world.scene._gravity,
        "objects": [_object_data(obj) for obj in world.objects],
    }
    most = script.budgets["answer_bytes"]
    if len(json.dumps(data)) > most - ROOM:
        raise ScriptLimit("the checkpoint has more than %d bytes (answer_bytes)" % most)
    for items, wanted in table.sets:
        _renew(items, wanted)
    return data


def restore(script, data):
    """Bring a new script of the same source to where the other one was."""
    for name in [n for n in script.names if not n.startswith("__") and n != "bpy"]:
        del script.names[name]
    script.names.update(_Reader(script, data["nodes"]).names(data["names"]))
    version, numbers, rest = data["random"]
    script.random.setstate((version, tuple(numbers), rest))
    script.started, script.printed_total = data["started"], data["printed"]
    world = script.world
    world._flat = tuple(data["pairs"])
    world.scene._gravity = list(data["gravity"])
    for obj, values in zip(world.objects, data["objects"], strict=True):
        _restore_object(obj, values)
    world.used = {obj for obj in world.objects if obj._held}


def _object_data(obj):
    data = {name: getattr(obj, name) for name in OBJECT_FIELDS}
    data["hidden"], data["hide_render"] = obj.hide_viewport, obj.hide_render
    for name in ("_body", "_constraint"):
        part = getattr(obj, name)
        data[name] = part._values if part is not None else None
    return data


def _restore_object(obj, data):
    for name in OBJECT_FIELDS:
        setattr(obj, name, data[name])
    obj._props = {key: tuple(value) if isinstance(value, list) else value for key, value in obj._props.items()}
    obj._data["hidden"], obj._data["hide_render"] = data["hidden"], data["hide_render"]
    for name in ("_body", "_constraint"):
        part = getattr(obj, name)
        if part is not None:
            part._values.update(data[name])


def _known(script):
    """What is there before a script runs, by a text that tells where to find it."""
    known = {"builtin " + name: value for name, value in script.names["__builtins__"].items() if name[0] != "_"}
    records = dict(script.modules)
    for name in ("data", "context"):
        records["bpy." + name] = getattr(script.modules["bpy"], name)
    records["physics"], records["render"] = script.world.scene.rigidbody_world, script.world.scene.render
    known.update(("module " + name, value) for name, value in records.items())
    for module, record in records.items():
        names = object.__getattribute__(record, "_names")
        known.update(("%s.%s" % (module, name), value) for name, value in names.items() if type(value) is not Record)
    for obj in script.world.objects:
        parts = {"object ": obj, "body ": obj.rigid_body, "constraint ": obj.rigid_body_constraint}
        known.update((kind + obj.name, part) for kind, part in parts.items() if part is not None)
    return known


def _codes(code):
    """All functions' codes in a script, in the order of its text."""
    found = []
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            found += [constant, *_codes(constant)]
    return found


def _renew(items, wanted):
    """Fill a set again, so that its order tells nothing of what it held before, nor where `pop` stopped looking."""
    items.clear()
    items.add(7)
    items.pop()
    items.update(wanted)
    return items


def _frozen_order(items):
    """A frozenset's items in an order that makes one of the same order and size; None if none was found."""
    wanted, size = list(items), sys.getsizeof(items)
    for order in permutations(wanted) if len(wanted) <= 6 else [wanted]:
        same = frozenset(order)
        if list(same) == wanted and sys.getsizeof(same) == size:
            return order
    return None


def _is_steady(item):
    """Whether an item has the same place in a set in every process."""
    kind = type(item)
    if kind in (tuple, frozenset):
        return all(map(_is_steady, item))
    if item is None:
        return sys.version_info >= (3, 12)
    return kind in (bool, int, str, SceneObject) or isinstance(item, Values) or (kind is float and item == item)


class _Table:
    """The nodes of a script's values."""

    def __init__(self, script):
        self.nodes = []
        self.sets = []
        self._index = {}
        self._left = deque()
        self._keys = {id(value): key for key, value in _known(script).items()}
        self._codes = {id(code): i for i, code in enumerate(_codes(script.run.__code__))}
        self._scene = script.world.scene
        self._most_bits = script.budgets["number_bits"]

    def names(self, names):
        kept = {name: self.value(value, name) for name, value in names.items()}
        while self._left:
            node, fill = self._left.popleft()
            node[1] = fill()
        return kept

    def value(self, value, where):
        kind = type(value)
        if kind is int and value.bit_length() > self._most_bits:
            self._refuse(where[:200], "a whole number of more than %d bits" % self._most_bits)
        if value is None or kind in (bool, int, str) or (kind is float and isfinite(value)):
            return value
        if kind is float:
            return self._add(["float", repr(value)])
        found = self._index.get(id(value))
        if found is None:
            try:
                found = self._node(value, kind, where[:200])
            except RecursionError:
                raise NotKeptError("%s is nested too deeply to be kept in a checkpoint" % where[:200]) from None
            self._index[id(value)] = found
        return found

    def _add(self, node):
        self.nodes.append(node)
        return [len(self.nodes) - 1]

    def _node(self, value, kind, where):
        if id(value) in self._keys:
            return self._add(["known", self._keys[id(value)]])
        if kind is list or kind is dict:
            node = [kind.__name__, None]
            fill = self._items if kind is list else self._pairs
            self._left.append((node, lambda: fill(value, where)))
            return self._add(node)
        if kind is tuple:
            return self._add(["tuple", self._items(value, where)])
        if kind is set or kind is frozenset:
            wanted = list(value) if kind is set else _frozen_order(value)
            if wanted is None or not all(map(_is_steady, wanted)):
                self._refuse(where, "a %s whose order cannot be made again; keep a list or a dict" % kind.__name__)
            if kind is set:
                self.sets.append((value, wanted))
            return self._add([kind.__name__, self._items(wanted, where)])
        if kind is range or kind is LongRange:
            numbers = value if kind is range else value._numbers
            return self._add(["range", [numbers.start, numbers.stop, numbers.step]])
        if kind in (Color, Vector, Quaternion, Euler):
            numbers = [self.value(v, where) for v in value._v]
            return self._add([kind.__name__, [numbers, getattr(value, "_order", None), self._tie(value, where)]])
        if kind is Matrix:
            rows = [[self.value(v, where) for v in row] for row in value._rows]
            return self._add(["Matrix", [rows, value._frozen]])
        if kind is FunctionType and id(value.__code__) in self._codes:
            return self._function(value, where)
        self._refuse(where, "a value of the kind %r" % kind.__name__)

    def _refuse(self, where, why):
        raise NotKeptError("%s cannot be kept in a checkpoint: it is %s" % (where, why))

    def _items(self, items, where):
        return [self.value(item, "%s[%d]" % (where, i)) for i, item in enumerate(items)]

    def _pairs(self, items, where):
        pairs = []
        for key, value in items.items():
            named = "%s[%s]" % (where, repr(key)[:60])
            pairs.append([self.value(key, "the key of " + named), self.value(value, named)])
        return pairs

    def _function(self, function, where):
        if function.__closure__:
            names = ", ".join(function.__code__.co_freevars)
            self._refuse(where, "a function that uses names of the function around it (%s)" % names)
        node = ["function", None]
        defaults, named = function.__defaults__, function.__kwdefaults__
        node[1] = [
            self._codes[id(function.__code__)],
            self.value(defaults, "a default of " + where),
            self.value(named, "a default of " + where),
        ]
        return self._add(node)

    def _tie(self, value, where):
        """What a vector's changes write to."""
        changed = value._changed
        if changed is None or changed is refuse_change:
            return changed and "frozen"
        owner = getattr(changed.func if isinstance(changed, partial) else changed, "__self__", None)
        if type(owner) is SceneObject:
            field = changed.args[0] if isinstance(changed, partial) else "rotation_euler"
            return [owner._index, field]
        if owner is self._scene:
            return "gravity"
        self._refuse(where, "a part of another value; keep a copy of it")


class _Reader:
    """The values of a table of nodes."""

    def __init__(self, script, nodes):
        self._script, self._nodes, self._made, self._left = script, nodes, {}, deque()
        self._known = _known(script)
        self._codes = _codes(script.run.__code__)

    def names(self, names):
        made_names = {name: self.value(value) for name, value in names.items() if not name.startswith("__")}
        while self._left:
            self._left.popleft()()
        return made_names

    def value(self, kept):
        if not isinstance(kept, list):
            return kept
        (index,) = kept
        if index not in self._made:
            self._made[index] = self._make(*self._nodes[index])
        return self._made[index]

    def _all(self, kept):
        return [self.value(item) for item in kept]

    def _make(self, kind, content):
        if kind == "list":
            items = []
            self._left.append(lambda: items.extend(self._all(content)))
            return items
        if kind == "dict":
            pairs = {}
            self._left.append(lambda: pairs.update((self.value(k), self.value(v)) for k, v in content))
            return pairs
        return getattr(self, "_make_" + kind.lower())(content)

    def _make_float(self, content):
        return float(content)

    def _make_known(self, content):
        return self._known[content]

    def _make_tuple(self, content):
        return tuple(self._all(content))

    def _make_set(self, content):
        return _renew(set(), self._all(content))

    def _make_frozenset(self, content):
        return frozenset(self._all(content))

    def _make_range(self, content):
        return self._script.guards.range(*content)

    def _make_matrix(self, content):
        rows, frozen = content
        matrix = from_rows([self._all(row) for row in rows])
        matrix._frozen = frozen
        return matrix

    def _make_vector(self, content):
        numbers, _, tie = content
        return made(Vector, self._all(numbers), self._changed(tie))

    def _make_color(self, content):
        numbers, _, tie = content
        return made(Color, self._all(numbers), self._changed(tie))

    def _make_quaternion(self, content):
        numbers, _, tie = content
        return made(Quaternion, self._all(numbers), self._changed(tie))

    def _make_euler(self, content):
        numbers, order, tie = content
        return euler(self._all(numbers), order, self._changed(tie))

    def _changed(self, tie):
        world = self._script.world
        if tie is None or tie == "frozen":
            return refuse_change if tie else None
        if tie == "gravity":
            return world.scene._write
        obj = world.objects[tie[0]]
        if tie[1] in obj._looks:
            return partial(obj._show, tie[1])
        return obj._write_euler if tie[1] == "rotation_euler" else partial(obj._write, tie[1])

    def _make_function(self, content):
        index, defaults, named = content
        code = self._codes[index]
        function = FunctionType(code, self._script.names, code.co_name, self.value(defaults))
        function.__kwdefaults__ = self.value(named)
        return function


def plain(value, where, depth=0):
    """The value as numbers, texts, lists and dicts alone. Raises TypeError naming what is something else."""
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if depth > 50:
        raise TypeError("%s is nested too deeply" % where[:200])
    if kind in (list, tuple, set, frozenset):
        return [plain(item, "%s[%d]" % (where, i), depth + 1) for i, item in enumerate(value)]
    if kind in (Color, Vector, Quaternion, Euler):
        return list(value)
    if kind is dict:
        for key in value:
            if type(key) is not str:
                raise TypeError("%s has a key that is no text: %r" % (where[:200], key))
        return {key: plain(item, "%s[%r]" % (where, key), depth + 1) for key, item in value.items()}
    raise TypeError("%s holds a %s; use numbers, texts, lists and dicts" % (where[:200], kind.__name__))
