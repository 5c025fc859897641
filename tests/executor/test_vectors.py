"""The scripts' Vector, Quaternion, Euler and Matrix against Blender's mathutils.

Each expression is evaluated with both; the results must agree to single precision, and both fail or neither does.
"""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from addon.executor import language
from addon.executor.worker import vectors as ours

pytest.importorskip("bpy")
import mathutils as real

NAMES = ("Vector", "Quaternion", "Euler", "Matrix")

PLAIN = st.floats(-8, 8, width=32).map(lambda v: 0.0 if abs(v) < 1e-3 else v)
ANGLE = st.floats(-7, 7, width=32)
ORDER = st.sampled_from(["XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"])
FACTOR = st.floats(0, 1, width=32)


def numbers(count):
    return st.lists(PLAIN, min_size=count, max_size=count)


def make(kind):
    return lambda *values: lambda module: getattr(module, kind)(*values)


def unit(values):
    length = math.sqrt(sum(v * v for v in values))
    return [v / length for v in values]


# Turns of less than 16 degrees are left out: single precision knows their axes to three digits only.
TURN = numbers(4).filter(lambda v: sum(a * a for a in v) > 0.1).map(unit).filter(lambda q: abs(q[0]) < 0.99)
SIZE = st.lists(st.floats(0.25, 3, width=32), min_size=3, max_size=3)
MIRRORED = st.lists(st.floats(0.25, 3, width=32) | st.floats(-3, -0.25, width=32), min_size=3, max_size=3)


def placed(place, turn, size):
    return lambda module: module.Matrix.LocRotScale(module.Vector(place), module.Quaternion(turn), module.Vector(size))


def turning(turn):
    return lambda module: module.Quaternion(turn).to_matrix()


def as_given(value):
    return lambda module: value


VALUES = {
    "a": numbers(3).map(make("Vector")),
    "b": numbers(3).map(make("Vector")),
    "u": numbers(2).map(make("Vector")),
    "v": numbers(2).map(make("Vector")),
    "h": numbers(4).map(make("Vector")),
    "t": numbers(3).map(tuple).map(as_given),
    "q": TURN.map(make("Quaternion")),
    "p": TURN.map(make("Quaternion")),
    "g": numbers(4).map(make("Quaternion")),
    "e": st.builds(make("Euler"), st.lists(ANGLE, min_size=3, max_size=3), ORDER),
    "d": st.builds(make("Euler"), st.lists(ANGLE, min_size=3, max_size=3), ORDER),
    "order": ORDER.map(as_given),
    "f": FACTOR.map(as_given),
    "s": PLAIN.map(as_given),
    "angle": ANGLE.map(as_given),
    "axis": st.sampled_from("XYZ").map(as_given),
    "m": st.builds(placed, numbers(3), TURN, MIRRORED),
    "n": st.builds(placed, numbers(3), TURN, SIZE),
    "k": TURN.map(turning),
    "i": st.integers(-4, 3).map(as_given),
}

EXPRESSIONS = """
a + b; a - b; u + v; h - h; a * s; s * a; a * b; a / s; -a; +a; a @ b; a + u; a * u; a @ u; a + t; a / b; s / a
a + s; sum([a, b], Vector()); sum([a, b]); a * t; a ** 2; abs(a); round(a); a == b; a != b; a == a.copy()
a == tuple(a); a == u; a < b; a <= b; a > b; a >= a; u < v; Vector((0.1 + 0.2, 0, 0)) == Vector((0.3, 0, 0))
Vector((1.0000003, 0)) == Vector((1, 0)); a.length; h.length; a.length_squared; a.magnitude; a.normalized()
u.normalized(); h.normalized(); Vector((0, 0, 0)).normalized(); a.dot(b); a.dot(t); a.dot(u); a.cross(b); a.cross(t)
u.cross(v); h.cross(h); a.angle(b); a.angle(t); u.angle(v); a.angle(u); a.angle((0, 0, 0)); a.angle((0, 0, 0), None)
h.angle(h); a.lerp(b, f); a.lerp(t, s); a.lerp(u, f); a.slerp(b, f); u.slerp(v, f)
Vector((1, 0)).slerp((-1, 0), f, None); h.slerp(h, f); a.project(b); u.project(v); a.reflect(b); u.reflect(v)
a.orthogonal(); u.orthogonal(); a.rotation_difference(b); a.rotation_difference(-a); a.rotation_difference(a * 2)
u.rotation_difference(v); a.x; a.y; a.z; u.z; a.w; h.w; a.xy; a.zyx; a.xxz; u.yx; u.xyz; h.zx; a[i]; u[i]; a[:2]
a[1:]; len(a); len(u); list(a); tuple(u); max(a); s in a; a.to_2d(); a.to_3d(); a.to_4d(); u.to_3d(); u.to_4d()
h.to_3d(); a.resized(2); a.resized(4); a.to_tuple(); a.to_tuple(2); a.copy(); bool(Vector()); str(a); str(q); str(e)
str(Matrix.Diagonal(a)); str(Matrix(((1.5, -2), (10, 4)))); Vector(); Vector((1,)); Vector(3); Vector("123")
Vector((1, None, 2)); Vector([a, 1, 2]); Vector(a); Vector((True, 2)); Vector(x for x in a); Vector.Fill(3, 2.0)
hash(a); {a.freeze(): 1}[a]; a.freeze().is_frozen; a.freeze().copy().is_frozen; a.foo; Vector((1, 2, 3))["x"]
Vector((1, 2, 3))[1.0]; sorted([a, b], key=tuple); q @ p; q @ a; q @ u; q @ h; q @ t; g @ a; g @ g; q * s; s * q
q * p; q + p; q - p; -q; q + s; q / 2; q @ m; a @ q; q * a; q == p; q == q.copy(); q < p; q[1:]; q.w; q.x; q.y; q.z
q.magnitude; g.magnitude; g.normalized(); q.conjugated(); q.inverted(); g.inverted(); g.dot(q); q.cross(p); q.axis
q.angle; g.angle; q.to_axis_angle(); q.to_exponential_map(); q.rotation_difference(p); q.slerp(p, f); q.slerp(p, 2)
q.to_matrix(); g.to_matrix(); q.to_euler(); q.to_euler(order); q.to_euler("XYX"); q.to_euler(order, e); Quaternion()
Quaternion(a, angle); Quaternion(a); Quaternion((0, 0, 0), 1); Quaternion((1, 2)); Quaternion((1, 0, 0, 0), 1)
Quaternion((0, 0, 1), "a"); Quaternion((0, 0, 0, 0)).normalized(); Quaternion().axis
Quaternion((0, 0, 0, 0)).inverted(); q.copy(); hash(q); e.x; e.y; e.z; e.order; e[i]; e[:2]; e == d; e == e.copy()
e == (1, 2, 3); e + d; e * 2; e.to_quaternion(); e.to_matrix(); Euler(); Euler((1, 2)); Euler((1, 2, 3, 4))
Euler((1, 2, 3), "zyx"); Euler(t, order).to_quaternion(); e.copy(); len(e); m @ n; m @ a; m @ h; m @ u; k @ a; k @ h
k @ m; k @ k; a @ m; a @ k; h @ m; u @ k; m @ t; m * 2; s * m; m * n; m * a; m + n; m - n; m + k; m - 1; m / 2; -m
m == n; m == m.copy(); m == k; m < n; len(m); len(k); m[i]; m[0:2]; m[1][2]; m[0, 1]; m.row[1]; m.col[3]; m.col[i]
list(m.col); list(m); m.col[0:2]; m.translation; k.translation; m.to_translation(); k.to_translation()
m.transposed(); k.transposed(); m.determinant(); k.determinant(); m.inverted(); k.inverted()
Matrix(((1, 2), (2, 4))).inverted(); Matrix(((1, 2), (2, 4))).inverted(k); Matrix(((1, 2), (3, 4))).inverted()
m.to_3x3(); k.to_4x4(); m.to_2x2(); Matrix.Identity(2).to_4x4(); Matrix.Identity(2).to_3x3(); m.copy(); k.copy()
m.to_scale(); n.to_quaternion(); m.to_quaternion(); k.to_quaternion(); n.to_euler(); k.to_euler(order)
k.to_euler(order, e); m.decompose(); n.decompose(); k.decompose(); m.normalized(); k.normalized()
Matrix.Identity(2).to_euler(); Matrix.Scale(0, 4).to_quaternion(); Matrix(); Matrix.Identity(3); Matrix.Identity(5)
Matrix(((1, 2), (3,))); Matrix([1, 2]); Matrix(((1, 2, 3), (4, 5, 6))) @ a
Matrix(((1, 2, 3), (4, 5, 6))).determinant(); m.is_identity; Matrix().is_identity; Matrix.Rotation(angle, 4, axis)
Matrix.Rotation(angle, 3, a); Matrix.Rotation(angle, 2); Matrix.Rotation(1, 3); Matrix.Rotation(1, 3, "Q")
Matrix.Scale(s, 4); Matrix.Scale(s, 3, a); Matrix.Scale(s, 2); Matrix.Translation(a); Matrix.Translation((1, 2))
Matrix.Diagonal(a); Matrix.Diagonal(h); Matrix.LocRotScale(a, e, b); Matrix.LocRotScale(None, k, None)
Matrix.LocRotScale(a, None, None); Matrix.LocRotScale(None, m, None); Matrix.LocRotScale(a, (1, 2, 3), None)
hash(m); hash(m.freeze()) == hash(m)
"""

CHANGES = """
a += b; a += t; a += u; a -= b; a *= s; a *= b; a *= t; a /= s; a /= b; u += v; u *= 2; a.x = s; a.z += s; u.z = 1
a.w = 1; a[i] = s; a[:2] = (s, 2); a[0] = "a"; del a[0]; a.foo = 1; a.xy = (1, s); a.zy = u; a.xyz = s; a.xx = u
a.xy = a; u.xyz = a; a.xyz = b; a.length = 3; a.length = 0; a.length = -1; a.normalize(); a.negate(); a.zero()
a.resize_2d(); a.resize(4); u.resize_3d(); a.rotate(q); a.rotate(e); a.rotate(m); a.rotate(k); a.rotate(t)
h.rotate(q); u.rotate(Matrix.Rotation(1, 2)); u.rotate(q); a.freeze(); a.freeze().x = 1; q @= p; q *= 2; q *= p
q += p; q.w = s; q.angle = f; q.axis = (0, 0, 1); q.rotate(e); q.rotate(p); q.rotate(k); q.invert(); q.conjugate()
q.normalize(); q.identity(); q.negate(); q.make_compatible(p); g.make_compatible(q); e.x = s; e.z += s
e.order = order; e.order = "abc"; e.zero(); e.rotate(q); e.rotate(d); e.rotate(k); e.rotate_axis(axis, angle)
e.rotate_axis("Q", 1); e.make_compatible(d); e.negate(); m[0][3] = s; m[i] = (1, 2, 3, 4); m[0] = a; m[0:2] = (h, h)
m.translation = a; m.translation.x = s; m.translation += a; m.col[3] = h; m.col[3].xyz = a; m.row[1].x = s
m.invert(); m.transpose(); m.identity(); m.zero(); m @= n; m *= 2; m += n; m -= n; k.resize_4x4(); k.rotate(q)
k.rotate(e); m.rotate(q); m.normalize(); k.invert(); k.freeze()[0][0] = 1; m[4] = h
"""


def statements(text):
    return [part.strip() for line in text.strip().splitlines() for part in line.split(";")]


def same(mine, theirs, name=""):
    """Whether a result is that of mathutils to single precision."""
    kind = type(theirs).__name__
    if isinstance(theirs, float) and not isinstance(mine, bool):
        return math.isclose(mine, theirs, rel_tol=2e-5, abs_tol=2e-4)
    if kind not in NAMES:
        if isinstance(theirs, list | tuple):
            return type(mine) is type(theirs) and len(mine) == len(theirs) and all(map(same, mine, theirs))
        return bool(mine == theirs)
    if type(mine).__name__ != kind or len(mine) != len(theirs):
        return False
    if kind == "Euler":
        return mine.order == theirs.order and same_angles(mine, theirs)
    if kind == "Quaternion" and abs(theirs.w) < 1e-3 and same(list(-mine), list(theirs)):
        return True  # the two quaternions of half a turn are both right
    return all(map(same, mine, theirs))


def same_angles(mine, theirs):
    """Equal, or another way to write the same rotation, as far from zero as the first."""
    if same(list(mine), list(theirs)):
        return True
    turn = real.Euler(tuple(mine), mine.order).to_matrix()
    size = sum(abs(a) for a in theirs)
    return same(turn, theirs.to_matrix()) and math.isclose(sum(abs(a) for a in mine), size, abs_tol=0.05)


def attempt(code, names, module, changed=None):
    scope = {name: getattr(module, name) for name in NAMES}
    scope.update((name, value(module)) for name, value in names.items())
    try:
        if changed is None:
            return eval(code, scope)
        exec(code, scope)
        return scope[changed]
    except Exception as error:
        return error


def used(source):
    words = set(compile(source, "<case>", "exec").co_names)
    return st.fixed_dictionaries({name: VALUES[name] for name in sorted(words & set(VALUES))})


def compare(source, names, changed=None):
    code = compile(source, source, "exec" if changed else "eval")
    mine, theirs = attempt(code, names, ours, changed), attempt(code, names, real, changed)
    assume(not any_nan(theirs))
    if isinstance(theirs, Exception) or isinstance(mine, Exception):
        assert isinstance(theirs, Exception), f"{source}: {mine!r}, mathutils gives {theirs!r}"
        assert isinstance(mine, Exception), f"{source}: {mine!r}, mathutils gives {theirs!r}"
        return
    right = same(mine, theirs) or (changed and are_as_near(mine, theirs, attempt(changed, names, real)))
    assert right, f"{source}: {mine!r}, mathutils gives {theirs!r}"


def are_as_near(mine, theirs, before):
    """Whether Eulers differ by whole turns in angles of which both are half a turn from what they were."""
    if type(theirs).__name__ != "Euler":
        return False
    pairs = zip(mine, theirs, before, strict=True)
    return all(same(a, b) or (same(abs(a - b), math.tau) and same((a + b) / 2, c)) for a, b, c in pairs)


def any_nan(value):
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, (*(getattr(real, n) for n in NAMES), list, tuple)) and any(map(any_nan, value))


QUICK = settings(max_examples=10, derandomize=True)


@pytest.mark.parametrize("source", statements(EXPRESSIONS))
def test_an_expression_gives_what_mathutils_gives(source):
    @QUICK
    @given(used(source))
    def check(names):
        compare(source, names)

    check()


@pytest.mark.parametrize("source", statements(CHANGES))
def test_a_change_does_what_mathutils_does(source):
    @QUICK
    @given(used(source))
    def check(names):
        changed = source.removeprefix("del ")[0]
        compare(source, names, changed)

    check()


UPRIGHT = st.sampled_from([(0, 0, 1), (0, 0, -1), (0, 0, 2.5)])


@settings(max_examples=300, derandomize=True)
@given(
    numbers(3).filter(lambda v: math.hypot(v[0], v[1]) > 0.01) | UPRIGHT,
    st.sampled_from(["X", "Y", "Z", "-X", "-Y", "-Z"]),
    st.sampled_from("XYZ"),
)
def test_tracking_points_and_rolls_as_in_mathutils(direction, track, up):
    if track[-1] == up:
        with pytest.raises(ValueError, match="must differ"):
            ours.Vector(direction).to_track_quat(track, up)
        return
    assume(not (up == "X" and track[-1] == "Z" and direction[:2] == (0, 0)))  # there, two ways up are as good
    mine = ours.Vector(direction).to_track_quat(track, up)
    theirs = real.Vector(direction).to_track_quat(track, up)
    assert abs(mine.dot(tuple(theirs))) == pytest.approx(1, abs=1e-5)


def test_a_bound_value_tells_of_every_change():
    seen = []
    vector = ours.Vector((1, 2, 3))._bound(seen.append)
    vector.x = 5
    vector += ours.Vector((1, 1, 1))
    vector.xy = (0, 0)
    vector[2] = 9
    vector.normalize()
    assert seen == [[5, 2, 3], [6, 3, 4], [0, 0, 4], [0, 0, 9], [0, 0, 1]]
    copy = vector.copy()
    copy.x = 7
    assert len(seen) == 5
    assert vector.x == 0
    with pytest.raises(TypeError, match="keeps its size"):
        vector.resize_2d()


def test_names_that_scripts_may_read_exist():
    known = set().union(*(dir(getattr(ours, name)) for name in NAMES))
    assert {*language.VECTOR_FIELDS, *language.SWIZZLES} <= known
    own = set().union(*(vars(getattr(ours, name)) for name in NAMES))
    assert {name for name in own if name[0] != "_"} <= language.READABLE
