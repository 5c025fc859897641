"""What is seen of an object besides its pose, behind the names that Blender has for it.

``obj.data`` of a light, text or mesh, ``obj.active_material`` with its shader, and shape keys: each is a `Part` whose
fields are some of what the host told of the object.
"""

from functools import partial

from ...fields import look
from .formats import without_addresses
from .values import Values, component, made, number, numbers


class Color(Values):
    """RGB, or RGBA, as a field of an object."""

    __slots__ = ()
    r, g, b, a = (component(i, "rgba") for i in range(4))


class Seen:
    """What an object shows: the values by the names of `fields.LOOKS`; see `facade.SceneObject`."""

    __slots__ = ()

    def look(self, name):
        """The value of what is seen; colours are bound to it."""
        value = self._looks[name]
        if not isinstance(value, (list, tuple)):
            return value
        found = self._cache.get(name)
        if found is None:
            found = self._cache[name] = made(Color, list(value), partial(self._show, name))
            self._world.used.add(self)
        return found

    def show(self, name, value, said=None):
        """Write what is seen; ``said`` is the script's word for it."""
        said = said or name
        if value is None or isinstance(value, bool):
            raise TypeError("%s needs %s, got %r" % (said, look(name).meaning, value))
        if name not in self._looks:
            raise TypeError("%s: nodes of its shader set its %s; writing it would do nothing" % (self.name, name))
        if value is self._cache.get(name):
            return  # ``lamp.color *= 2`` has changed it in place
        size = look(name).size
        if look(name).kind == "vector":
            value = numbers(value, said)
            if len(value) != size:
                raise ValueError("%s needs %d numbers, got %d" % (said, size, len(value)))
        elif look(name).kind == "number":
            value = number(value, said)
        self._show(name, value)
        self._cache.pop(name, None)

    def _show(self, name, value):
        value = without_addresses(value) if type(value) is str else value
        problem = look(name).problem(value)
        if problem:
            raise ValueError("%s: %s %s" % (self.name, name, problem))
        self._looks[name] = value
        self._world.writes.put("object", self.name, name, value)

    @property
    def color(self):
        if "color" not in self._looks:
            raise AttributeError("%s has no surface, and so no color%s" % (self.name, _light_hint(self)))
        return self.look("color")

    @color.setter
    def color(self, value):
        if "color" not in self._looks:
            raise AttributeError("%s has no surface, and so no color%s" % (self.name, _light_hint(self)))
        self.show("color", value)

    @property
    def data(self):
        kind = self.type
        if kind == "LIGHT":
            fields = {"energy": "light.energy", "color": "light.color"}
            return Part(self, "data", fields, {"type": self._data["light"]})
        if kind == "EMPTY":
            return None
        parts = {"materials": Slots(self, "data.materials", _materials(self))}
        if kind == "FONT":
            return Part(self, "data", {"body": "text.body"}, parts)
        return Part(self, "data", {}, {**parts, "shape_keys": _shape_keys(self)})

    @property
    def active_material(self):
        return next(iter(_materials(self)), None)

    @property
    def material_slots(self):
        label = "material_slots[%d]" % self._data["slot"]
        slots = [Part(self, label, {}, {"material": found}) for found in _materials(self)]
        return Slots(self, "material_slots", slots)


def _light_hint(obj):
    return "; a light's is %s.data.color" % obj.name if obj.type == "LIGHT" else ""


class Part:
    """A part of an object: ``fields`` are what is seen of it by Blender's names, ``parts`` what it holds."""

    __slots__ = ("_fields", "_label", "_obj", "_parts")

    def __init__(self, obj, label, fields, parts=()):
        for name, value in (("_obj", obj), ("_label", label), ("_fields", fields), ("_parts", dict(parts))):
            object.__setattr__(self, name, value)

    def __repr__(self):
        return "bpy.data.objects[%r].%s" % (self._obj.name, self._label)

    def __eq__(self, other):
        return type(other) is Part and repr(self) == repr(other)

    def __hash__(self):
        return hash(repr(self))

    def __getattr__(self, key):
        if key in self._parts:
            return self._parts[key]
        name = self._known(key)
        if name not in self._obj._looks:
            raise TypeError("%s: nodes of its shader set its %s" % (self._obj.name, name))
        return self._obj.look(name)

    def __setattr__(self, key, value):
        if key in self._parts and self._parts[key] is value:
            return
        if key in self._parts:
            raise AttributeError("%r: %s cannot be changed" % (self, key))
        self._obj.show(self._known(key), value, "%s.%s" % (self._label, key))

    def _known(self, key):
        if key not in self._fields:
            names = ", ".join([*self._fields, *self._parts]) or "nothing"
            kind = f" of a {self._obj.type.lower()}" if self._label == "data" else ""
            raise AttributeError("%r%s has no %r that can be used here; it has: %s" % (self, kind, key, names))
        return self._fields[key]

    def keyframe_insert(self, data_path="", index=-1, frame=None, group="", **options):
        return self._obj.keyframe_insert(self._known(data_path), index, frame, group)


class Named:
    """Parts by their names."""

    __slots__ = ("_items", "_label")

    def __init__(self, label, items):
        self._label, self._items = label, dict(items)

    def __repr__(self):
        return self._label

    def __getitem__(self, key):
        if isinstance(key, int):
            names = ", ".join(map(repr, self._items))
            raise TypeError("%s: not all that Blender counts is here; use a name: %s" % (self._label, names))
        if key not in self._items:
            raise KeyError("%s has no %r; it has: %s" % (self._label, key, ", ".join(map(repr, self._items))))
        return self._items[key]

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(list(self._items.values()))

    def __contains__(self, key):
        return key in self._items

    def get(self, key, default=None):
        return self._items.get(key, default)

    def keys(self):
        return list(self._items)

    def values(self):
        return list(self._items.values())

    def items(self):
        return list(self._items.items())


class Slots:
    """The materials of an object, of which only the active one is there."""

    __slots__ = ("_items", "_label", "_obj")

    def __init__(self, obj, label, items):
        self._obj, self._label, self._items = obj, label, items

    def __repr__(self):
        return "bpy.data.objects[%r].%s" % (self._obj.name, self._label)

    def __getitem__(self, key):
        place = self._obj._data["slot"]
        if self._items and key == place:
            return self._items[0]
        if not self._items:
            raise IndexError("%r: %s has no surface" % (self, self._obj.name))
        raise IndexError("%r: only the active material can be used here, which is [%d]" % (self, place))

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(list(self._items))


INPUTS = {
    "Base Color": "material.color",
    "Emission Color": "material.emission_color",
    "Emission Strength": "material.emission_strength",
}
"""Inputs of the shader."""


def _materials(obj):
    """The material of an object, in a list; none of what has no surface."""
    if "color" not in obj._looks:
        return []
    label = "active_material.node_tree.nodes['Principled BSDF']"
    inputs = {
        name: Part(obj, "%s.inputs[%r]" % (label, name), {"default_value": field}, {"name": name})
        for name, field in INPUTS.items()
    }
    shader = {"type": "BSDF_PRINCIPLED", "name": "Principled BSDF", "inputs": Named(label + ".inputs", inputs)}
    nodes = Named("active_material.node_tree.nodes", {"Principled BSDF": Part(obj, label, {}, shader)})
    tree = Part(obj, "active_material.node_tree", {}, {"nodes": nodes})
    parts = {"node_tree": tree, "use_nodes": True}
    return [Part(obj, "active_material", {"diffuse_color": "material.color"}, parts)]


def _shape_keys(obj):
    """The shape keys of a mesh; None without any."""
    names = [name.removeprefix("shape_key.") for name in obj._looks if name.startswith("shape_key.")]
    if not names:
        return None
    label = "data.shape_keys.key_blocks"
    blocks = {
        name: Part(obj, "%s[%r]" % (label, name), {"value": "shape_key." + name}, {"name": name}) for name in names
    }
    return Part(obj, "data.shape_keys", {}, {"key_blocks": Named(label, blocks)})
