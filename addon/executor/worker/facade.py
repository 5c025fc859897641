"""What a script sees of the scene: plain values behind names that Blender uses.

Nothing here can reach Blender. Reads come from the state that the driver sent; writes are collected and sent back
after the script returned.
"""

from functools import partial

from ...fields import BODY, CONSTRAINT, moved_by_physics, property_problem
from .formats import without_addresses
from .guards import ScriptLimit
from .looks import Seen
from .pushes import Pushed
from .values import Values, made, numbers
from .vectors import Euler, Matrix, Quaternion, Vector

KEYFRAME_PATHS = ("location", "rotation_euler", "rotation_quaternion", "scale", "hide_viewport", "hide_render")


def _field(name, kind, size=3):
    """A pose or velocity field of an object: reads the value of this step, writes through."""

    def read(self):
        value = self._cache.get(name)
        if value is None:
            value = made(kind, self._read(name), partial(self._write, name))
            self._cache[name] = value
            self._world.used.add(self)
        return value

    def write(self, value):
        bound = self._cache.get(name)
        if value is bound is not None:
            return  # ``ball.location += v`` has changed it in place
        values = numbers(value, name)
        if len(values) != size:
            raise ValueError("%s needs %d numbers, got %d" % (name, size, len(values)))
        self._write(name, values)
        if bound is not None:
            bound._v = values

    return property(read, write)


def _keyframe(world, data_path, known, frame):
    """Every step is recorded, so a keyframe adds nothing; one that would is an error, not a silent loss."""
    if data_path not in known:
        raise ValueError("keyframe_insert knows %s here, got %r" % (", ".join(known), data_path))
    if frame is not None and frame != world.frame:
        raise ValueError(
            "keyframe_insert is for this step (frame=%d), got frame=%r: every step is recorded as it is; "
            "to change something later, compare `frame`" % (world.frame, frame)
        )
    return True


def _must_be_flag(field, value):
    if type(value) not in (bool, int) or value not in (0, 1):
        raise TypeError("%s needs True or False, got %r" % (field, value))


class SceneObject(Pushed, Seen):
    __slots__ = (
        *("_body", "_cache", "_constraint", "_data", "_euler", "_held", "_index", "_looks", "_mode", "_props"),
        "_world",
    )

    location = _field("location", Vector)
    scale = _field("scale", Vector)
    velocity = _field("velocity", Vector)
    angular_velocity = _field("angular_velocity", Vector)
    rotation_quaternion = _field("rotation_quaternion", Quaternion, 4)

    def __init__(self, world, index, data):
        self._world, self._index, self._data = world, index, data
        self._cache, self._held, self._euler, self._mode = {}, {}, None, "XYZ"
        self._props = {key: _held(value) for key, value in data["properties"].items()}
        self._looks = dict(data["looks"])
        self._body = RigidBody(world, data["name"], data["body"]) if data["body"] is not None else None
        self._constraint = None

    def __repr__(self):
        return "bpy.data.objects[%r]" % self._data["name"]

    def __eq__(self, other):
        if isinstance(other, str):
            raise TypeError("an object is compared with a text; compare its name: obj.name == %r" % other)
        return self is other

    def __hash__(self):
        """By name, so that a set of objects has the same order in every process."""
        return hash(self._data["name"])

    @property
    def rigid_body(self):
        return self._body

    @property
    def rigid_body_constraint(self):
        return self._constraint

    @property
    def name(self):
        return self._data["name"]

    @property
    def type(self):
        return self._data["type"]

    @property
    def parent(self):
        name = self._data["parent"]
        return None if name is None else self._world.objects.get(name)

    @property
    def matrix_world(self):
        return Matrix.LocRotScale(self.location, self.rotation_quaternion, self.scale).freeze()

    @matrix_world.setter
    def matrix_world(self, value):
        location, rotation, scale = Matrix(value).decompose()
        self.location, self.rotation_quaternion, self.scale = location, rotation, scale

    @property
    def rotation_mode(self):
        return self._mode

    @rotation_mode.setter
    def rotation_mode(self, value):
        if value not in ("XYZ", "QUATERNION"):
            words = "rotation_mode is 'XYZ' or 'QUATERNION', got %r; write Euler(angles, %r).to_quaternion() instead"
            raise ValueError(words % (value, value))
        self._world.is_watching = True  # It is remembered, and no write.
        self._mode = value

    @property
    def dimensions(self):
        return Vector([e * abs(s) for e, s in zip(self._data["extents"], self.scale)])

    @property
    def hide_viewport(self):
        return self._data["hidden"]

    @hide_viewport.setter
    def hide_viewport(self, value):
        _must_be_flag("hide_viewport", value)
        self._data["hidden"] = bool(value)
        self._world.writes.put("object", self.name, "hide_viewport", bool(value))

    @property
    def hide_render(self):
        return self._data["hide_render"]

    @hide_render.setter
    def hide_render(self, value):
        _must_be_flag("hide_render", value)
        self._data["hide_render"] = bool(value)
        self._world.writes.put("object", self.name, "hide_render", bool(value))

    @property
    def rotation_euler(self):
        value = self._cache.get("rotation_euler")
        if value is None:
            turn = self.rotation_quaternion
            written = self._euler
            if written is not None and abs(Euler(written).to_quaternion().dot(turn)) > 1 - 1e-6:
                value = Euler(written)  # angles of more than a turn are kept as they were written
            else:
                value = turn.to_euler()
            self._cache["rotation_euler"] = value = value._bound(self._write_euler)
        return value

    @rotation_euler.setter
    def rotation_euler(self, value):
        self._write_euler(Euler(value))

    def _write_euler(self, numbers):
        """The angles go to the driver as they are: a quaternion would forget turns of more than half a circle."""
        self._euler = list(numbers)
        self._write("rotation_quaternion", list(Euler(numbers).to_quaternion()))
        self._cache.pop("rotation_quaternion", None)
        self._world.writes.drop("object", self.name, "rotation_quaternion")
        self._world.writes.put("object", self.name, "rotation_euler", self._euler)

    def _read(self, name):
        if name in self._held:
            return self._held[name]
        return self._world.read(self._index, name)

    def _value(self, name):
        """As `_read`, for `waiting.Waiting.compared`, which tells what it depends on."""
        return self._held[name] if name in self._held else self._world.value(self._index, name)

    def _write(self, name, numbers):
        self._held[name] = numbers
        self._world.used.add(self)
        if name == "rotation_quaternion":
            self._cache.pop("rotation_euler", None)
            self._world.writes.drop("object", self.name, "rotation_euler")
        self._world.writes.put("object", self.name, name, numbers)

    def _new_step(self):
        """Forget this step's values; a velocity that a script wrote is kept where physics does not move the object.

        Returns whether something is kept.
        """
        self._cache.clear()
        if self._held:
            self._held = (
                {} if moved_by_physics(self._body) else {k: v for k, v in self._held.items() if k.endswith("velocity")}
            )
        return bool(self._held)

    __iter__ = None

    def touching(self, other):
        name = other.name if isinstance(other, SceneObject) else other
        if not isinstance(name, str):
            raise TypeError("touching(name) needs the name of an object, got %r" % (name,))
        pair = self._index, self._world.objects[name]._index
        self._world.asked.add(pair)
        return pair in self._world.pairs

    @property
    def contacts(self):
        self._world.asked.update((self._index, o._index) for o in self._world.objects if o is not self)
        return [o.name for o in self._world.objects if (self._index, o._index) in self._world.pairs]

    def keyframe_insert(self, data_path="", index=-1, frame=None, group="", **options):
        known = [*KEYFRAME_PATHS, *self._looks, *('["%s"]' % key for key in self._props)]
        if self._body is not None:
            known += ["rigid_body." + name for name in self._body._values]
        return _keyframe(self._world, data_path.replace("'", '"'), known, frame)

    def __getitem__(self, key):
        if key not in self._props:
            near = ", ".join(sorted(self._props)) or "none"
            raise KeyError("%s has no property %r; it has: %s" % (self.name, key, near))
        return self._props[key]

    def __setitem__(self, key, value):
        if not isinstance(key, str) or not key or key.startswith("_"):
            raise TypeError("a property's name is a text without a leading underscore, got %r" % (key,))
        if isinstance(value, (Values, list)):
            value = tuple(value)
        problem = property_problem(value)
        if problem:
            raise TypeError("%s[%r]: %s" % (self.name, key, problem))
        if type(value) is str:
            value = without_addresses(value)
        if key not in self._props and len(self._props) >= self._world.most_properties:
            limit = self._world.most_properties
            raise ScriptLimit("%s would have more than %d properties (properties_object)" % (self.name, limit))
        self._props[key] = value
        self._world.writes.drop("object", self.name, "delete." + key)
        self._world.writes.put("object", self.name, "property." + key, value)

    def __delitem__(self, key):
        self[key]
        del self._props[key]
        self._world.writes.drop("object", self.name, "property." + key)
        self._world.writes.put("object", self.name, "delete." + key, True)

    def __contains__(self, key):
        return key in self._props

    def get(self, key, default=None):
        return self._props.get(key, default)

    def keys(self):
        return list(self._props)

    def items(self):
        return list(self._props.items())

    def values(self):
        return list(self._props.values())


def _held(value):
    """The value of a property: several numbers are a tuple, whose parts cannot be set one by one."""
    return tuple(value) if isinstance(value, list) else value


def _setting(name, field):
    def read(self):
        return self._get(name)

    def write(self, value):
        self._get(name)
        problem = field.problem(value)
        if problem:
            raise (ValueError if field.kind == "choice" else TypeError)("%s %s" % (name, problem))
        self._values[name] = value = float(value) if field.kind == "number" else value
        self._put(name, value)

    return property(read, write)


class _Settings:
    """Values that a script reads and writes as attributes."""

    __slots__ = ("_name", "_values", "_world")

    def __init__(self, world, name, values):
        self._world, self._name, self._values = world, name, dict(values)

    def _get(self, name):
        return self._values[name]

    def keyframe_insert(self, data_path="", index=-1, frame=None, group="", **options):
        return _keyframe(self._world, data_path, list(self._values), frame)


class RigidBody(_Settings):
    __slots__ = ()

    def __repr__(self):
        return "bpy.data.objects[%r].rigid_body" % self._name

    def _put(self, name, value):
        self._world.writes.put("object", self._name, "rigid_body." + name, value)


class Constraint(_Settings):
    __slots__ = ("_type",)

    def __init__(self, world, data):
        _Settings.__init__(self, world, data["name"], data["values"])
        self._type = data["type"]

    def _get(self, name):
        if name not in self._values:
            motor = "linear" if "_lin_" in name else "angular"
            raise TypeError("the constraint %r is a %s without %s motor" % (self._name, self._type, motor))
        return self._values[name]

    def __repr__(self):
        return "bpy.data.objects[%r].rigid_body_constraint" % self._name

    def _put(self, name, value):
        self._world.writes.put("constraint", self._name, name, value)


for kind, table in ((RigidBody, BODY), (Constraint, CONSTRAINT)):
    for name, field in table.items():
        setattr(kind, name, _setting(name, field))
