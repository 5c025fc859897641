"""The scene as a script sees it: its objects by name, ``bpy.context.scene``, and what is renewed before every step."""

from difflib import get_close_matches

from .facade import Constraint, SceneObject
from .pushes import Physics
from .vectors import Vector
from .writes import Writes


class Objects:
    __slots__ = ("_by_name", "_list")

    def __init__(self, objects):
        self._list = list(objects)
        self._by_name = {o.name: o for o in self._list}

    def __getitem__(self, key):
        if isinstance(key, int) or (isinstance(key, slice) and _is_plain(key)):
            return self._list[key]
        if not isinstance(key, str) or key not in self._by_name:
            near = get_close_matches(str(key), self._by_name, n=1)
            hint = "did you mean %r?" % near[0] if near else "the scene has: " + ", ".join(self._by_name)
            raise KeyError("there is no object %r; %s" % (key, hint))
        return self._by_name[key]

    def __len__(self):
        return len(self._list)

    def __iter__(self):
        return iter(list(self._list))

    def __contains__(self, key):
        return key in self._by_name if isinstance(key, str) else any(key is obj for obj in self._list)

    def __repr__(self):
        return "bpy.data.objects"

    def get(self, key, default=None):
        return self._by_name.get(key, default)

    def find(self, key):
        return next((i for i, o in enumerate(self._list) if o.name == key), -1)

    def keys(self):
        return list(self._by_name)

    def values(self):
        return list(self._list)

    def items(self):
        return list(self._by_name.items())


def _is_plain(part):
    return all(end is None or isinstance(end, int) for end in (part.start, part.stop, part.step))


class Scene:
    __slots__ = ("_given", "_gravity", "_physics", "_render", "_steps", "_world")

    def __init__(self, world, description):
        self._world, self._given = world, list(description["gravity"])
        self.begin()
        self._physics = Record("bpy.context.scene.rigidbody_world", description["physics"])
        fps = description["fps"]
        settings = {"fps": int(fps) if fps == int(fps) else fps, "fps_base": 1.0}
        self._render = Record("bpy.context.scene.render", settings)
        self._steps = description["steps"]

    def begin(self):
        """Be as it was given."""
        self._gravity = self._given

    def __repr__(self):
        return "bpy.context.scene"

    @property
    def frame_current(self):
        self._world.is_watching = True
        return self._world.frame

    @property
    def objects(self):
        return self._world.objects

    @property
    def frame_start(self):
        return 1

    @property
    def frame_end(self):
        if self._steps is None:
            raise TypeError("it is not known here how many steps the run has")
        return self._steps

    @property
    def render(self):
        return self._render

    @property
    def rigidbody_world(self):
        return self._physics

    @property
    def events(self):
        return [dict(event) for event in self._world.events]

    @property
    def gravity(self):
        return Vector(self._gravity)._bound(self._write)

    @gravity.setter
    def gravity(self, value):
        self._write(list(Vector(value)))

    def _write(self, numbers):
        self._gravity = list(numbers)
        self._world.writes.put("scene", "", "gravity", list(numbers))


class Record:
    """A bundle of read-only names: ``bpy``, ``bpy.data``, ``bpy.context`` and modules."""

    __slots__ = ("_names",)

    def __init__(self, label, names):
        object.__setattr__(self, "_names", dict(names, __name__=label))

    def __getattr__(self, key):
        names = object.__getattribute__(self, "_names")
        if key not in names:
            raise AttributeError(
                "%s has no %r; it has: %s" % (names["__name__"], key, ", ".join(k for k in names if k[0] != "_"))
            )
        return names[key]

    def __setattr__(self, key, value):
        raise AttributeError("%s cannot be changed" % object.__getattribute__(self, "_names")["__name__"])

    def __repr__(self):
        return "<module %s>" % object.__getattribute__(self, "_names")["__name__"]


class World:
    """The scene as the worker knows it, renewed before every step.

    ``asked`` are the pairs of indices of which the script asked in this step whether they touch, ``seen`` the fields
    that it read with the indices of their objects, and ``is_watching`` tells whether it read anything else that changes
    by itself.
    """

    def __init__(self, description, dt, most_properties):
        self.writes = Writes()
        self.dt = dt
        self.physics = Physics(dt, description["physics"])
        self.most_properties = most_properties
        self.frame, self.numbers = 0, ()
        self.asked, self.seen, self.is_watching = set(), set(), False
        self.used = set()
        self._flat, self._before, self._pairs = (), (), None
        self.offsets, self.stride = {}, 0
        for name, width in description["columns"]:
            self.offsets[name] = (self.stride, self.stride + width)
            self.stride += width
        self.objects = Objects([SceneObject(self, i, data) for i, data in enumerate(description["objects"])])
        for data in description["constraints"]:
            holder = self.objects.get(data["name"])
            constraint = Constraint(self, data)
            if holder is not None:
                holder._constraint = constraint
        self.scene = Scene(self, description)

    def has_body(self, name):
        """Whether an object has a rigid body."""
        return self.objects[name].rigid_body is not None

    def looks(self, name):
        """What is seen of an object."""
        return self.objects[name]._looks

    def read(self, index, name):
        """A field of an object in this step; whoever reads it depends on every change of it."""
        self.seen.add((name, index))
        return self.value(index, name)

    def value(self, index, name):
        first, end = self.offsets[name]
        base = index * self.stride
        return self.numbers[base + first : base + end].tolist()

    @property
    def pairs(self):
        """The touching pairs of indices, both ways round."""
        if self._pairs is None:
            self._pairs = _both_ways(self._flat)
        return self._pairs

    @property
    def events(self):
        self.is_watching = True
        return _events(_both_ways(self._before), self.pairs, self.objects)

    def new_step(self, frame, numbers, flat):
        """Take over the state before a step: numbers ``[B * stride]`` and the indices of touching pairs in a row."""
        self._before, self._flat, self._pairs = self._flat, flat, None
        self.frame, self.numbers = frame, numbers
        self.writes.clear()
        self.asked.clear()
        self.seen.clear()
        self.is_watching = False
        self.used = {obj for obj in self.used if obj._new_step()}


def _both_ways(flat):
    pairs = set(zip(flat[::2], flat[1::2]))
    return pairs | {(b, a) for a, b in pairs}


def _events(before, now, objects):
    made = []
    for uid, pairs in (("CollisionStart", now - before), ("CollisionEnd", before - now)):
        for a, b in sorted(p for p in pairs if p[0] < p[1]):
            made.append({"uid": uid, "a_id": objects[a].name, "b_id": objects[b].name})
    return made
