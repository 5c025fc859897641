"""The language of transition scripts as allow-lists: the one place that says what a script may name.

The static gate checks against these tables, the worker builds a script's names from them, and the reference for
prompts and documents is generated from them.
"""

from __future__ import annotations

import ast
import itertools

from .. import fields


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MODULES = ("bpy", "math", "random", "mathutils")

TYPING_NAMES = _words("""
    Any Callable Collection Dict Final FrozenSet Iterable Iterator List Literal Mapping NamedTuple Optional Sequence Set
    Tuple Type TypeVar Union
""")
"""Names that may be imported from `typing`, and do nothing, as annotations do not."""

FUNCTIONS = _words("""
    abs all any bin bool chr dict divmod enumerate filter float frozenset hex int isinstance iter len list map max
    min next ord pow print range repr reversed round set sorted str sum tuple zip
""")

EXCEPTIONS = _words("""
    ArithmeticError AssertionError AttributeError Exception IndexError KeyError LookupError NameError OverflowError
    RuntimeError StopIteration TypeError ValueError ZeroDivisionError
""")

BUILTINS = frozenset([*FUNCTIONS, *EXCEPTIONS])

MOST_RULES = 999
"""The highest number of a rule."""

COMPARED = ("location", "rotation_quaternion", "scale", "velocity", "angular_velocity")
"""Fields of objects that a script can wait for, by reading them or by `compared`."""
PARTS = ("x", "y", "z", "length")
"""What of vectors is compared, if no function of them is."""

MOST_WATCHED = 1_000
"""The most pairs, and the most numbers, that a script can wait for."""

SCRIPT_NAMES = {
    "bpy": "the scene: bpy.data.objects, bpy.context.scene",
    "state": "a dict that persists from step to step",
    "frame": "number of this step, 1 at the first",
    "dt": "length of a step in seconds",
    "fired": f"fired(n): record that rule number n (1 to {MOST_RULES}) acts in this step; it changes nothing",
    "compared": "compared(1.3, 'Ball', 'location', 'z'): -1, 0 or 1: whether it is below, at or above the number; "
    "also of other vectors, of 'length', and of the difference to another object, named last; of 'rotation_quaternion' "
    "and the rest also by a function in place of 'z', whose number changes by no more than what it is given",
    "idle": "idle(): the next steps would do nothing, so that they may be left out: until times told by wake_at, or "
    "until what `touching` and `compared` told, or what was read of objects, changes; a script that reads frame needs "
    "wake_at for it, and one that reads scene.frame_current or scene.events is called in every step",
    "wake_at": "wake_at(2.5, 4): the steps at these times in seconds matter; wake_at(): no time does; see idle",
    "tune": "tune(4.0, 1.0, 8.0): the first number; it is open, and is found between the other two where that is asked",
    "want": "want('EVENT(…)'): what the run is to come to, in the reward language, by which open numbers are found",
}
PUSHES = {
    "apply_force": "apply_force((x, y, z)): newtons that push it in this step",
    "apply_impulse": "apply_impulse((x, y, z)): newton seconds that it gets in this step",
    "spring": "spring(anchor, stiffness, damping=0, rest=0, mutual=False): N/m, N s/m, and its length at rest in m",
    "attract": "attract(to, strength, power=2, closest=0.1, reach=None, mutual=False): N at 1 m, less further off",
    "drag": "drag(linear=0, quadratic=0): braked by its velocity, in N s/m, and by the square of it, in N s²/m²",
    "wind": "wind((x, y, z), strength=1): taken along by air of this velocity, by N for each m/s of difference",
    "hover": "hover(height, quick=5): held up at this height",
    "follow": "follow(leader, offset=(0, 0, 0), quick=5): pushed to a place beside another object; pace and bend are "
    "velocity and acceleration of a place that moves about it",
}
"""What pushes an object that physics moves, in the step in which it is called."""

LOOKS = {
    "color": fields.LOOKS["color"].meaning,
    "active_material": "the surface: .diffuse_color, and .node_tree.nodes['Principled BSDF'].inputs with 'Base Color', "
    "'Emission Color' and 'Emission Strength', each with .default_value; that of this object alone, whoever shares it; "
    "None of what has no surface; Blender sets the shader apart from .diffuse_color, here both are one colour",
    "material_slots": "[slot] with slot.material, the same",
    "data": "of a light .energy (W) and .color (RGB), of a text .body, of a mesh .materials and "
    ".shape_keys.key_blocks['Name'].value within the key's range (.shape_keys is None without any); None of an empty",
}
"""What is seen of an object besides its pose."""

LOOK_NAMES = _words("""
    energy color body materials shape_keys key_blocks value active_material material_slots material diffuse_color
    use_nodes node_tree nodes inputs default_value r g b a
""")

OBJECT_FIELDS = {
    "name": "text, read only",
    "type": "text, read only",
    "location": fields.OBJECT["location"].meaning,
    "rotation_euler": fields.OBJECT["rotation_euler"].meaning,
    "rotation_quaternion": fields.OBJECT["rotation_quaternion"].meaning,
    "scale": fields.OBJECT["scale"].meaning,
    "dimensions": "Vector, metres, read only",
    "velocity": fields.OBJECT["velocity"].meaning,
    "angular_velocity": fields.OBJECT["angular_velocity"].meaning,
    "hide_viewport": fields.OBJECT["hide_viewport"].meaning,
    "hide_render": fields.OBJECT["hide_render"].meaning,
    "matrix_world": "Matrix, the pose and scale in the world; written as a whole, for its parts are fixed",
    "rotation_mode": "'XYZ' or 'QUATERNION': both fields of rotation are there in either",
    "parent": "the object that it hangs on, or None, read only",
    **PUSHES,
    **LOOKS,
    "rigid_body": "the body's settings, or None",
    "rigid_body_constraint": "the constraint that the object holds, or None",
    "touching": "touching(name): whether it touches that object now",
    "contacts": "list of the names of all objects that it touches now",
    "keyframe_insert": "accepted and ignored: every step is recorded",
}
BODY_FIELDS = {name: field.meaning for name, field in fields.BODY.items()}
CONSTRAINT_FIELDS = {name: field.meaning for name, field in fields.CONSTRAINT.items()}
SCENE_FIELDS = {
    "frame_current": "number of this step, read only",
    "gravity": fields.SCENE["gravity"].meaning,
    "frame_start": "number of the first step, 1, read only",
    "frame_end": "number of the last step of the run, read only",
    "render": "render.fps: steps in a second, read only",
    "objects": "all objects",
    "rigidbody_world": "settings of physics",
    "events": "collisions that began or ended since the last step: dicts with uid, a_id, b_id",
}
PHYSICS_FIELDS = dict(fields.PHYSICS)
UNTOLD = frozenset({"rigidbody_world", *PHYSICS_FIELDS, "compared", "idle", "wake_at", "tune", "want"})
"""What prompts for rules leave out: no rule needs it, and a goal has a prompt of its own."""

BPY_PATHS = ("data", "context", "scene")

STRING_METHODS = _words("""
    capitalize casefold count endswith find format index isalnum isalpha isdigit islower isnumeric isspace isupper join
    lower lstrip partition removeprefix removesuffix replace rfind rindex rpartition rsplit rstrip split splitlines
    startswith strip swapcase title upper zfill
""")

LIST_METHODS = _words("""
    append clear copy count extend index insert pop remove reverse sort
""")

DICT_METHODS = _words("""
    clear copy fromkeys get items keys pop popitem setdefault update values
""")

SET_METHODS = _words("""
    add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset
    issuperset pop remove symmetric_difference symmetric_difference_update union update
""")

VECTOR_FIELDS = _words("""
    x y z w angle axis col conjugate conjugated copy cross decompose determinant Diagonal dot Fill freeze Identity
    identity invert inverted is_frozen is_identity length length_squared lerp LocRotScale magnitude make_compatible
    negate normalize normalized order orthogonal project reflect resize resize_2d resize_3d resize_4d resize_4x4
    resized rotate rotate_axis Rotation rotation_difference row Scale slerp to_2d to_2x2 to_3d to_3x3 to_4d to_4x4
    to_axis_angle to_euler to_exponential_map to_matrix to_quaternion to_scale to_track_quat to_translation to_tuple
    Translation translation transpose transposed zero
""")
SWIZZLES = tuple("".join(axes) for count in (2, 3) for axes in itertools.product("xyz", repeat=count))
"""Several axes of a Vector at once, such as ``.xy``."""


MATH_NAMES = _words("""
    acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh degrees dist e exp expm1 fabs floor fmod fsum
    gcd hypot inf isclose isfinite isinf isnan isqrt ldexp log log10 log1p log2 modf nan pi pow prod radians
    remainder sin sinh sqrt tan tanh tau trunc
""")

RANDOM_NAMES = _words("""
    betavariate choice choices expovariate gauss normalvariate randint random randrange sample seed shuffle
    triangular uniform
""")

MATHUTILS_NAMES = ("Vector", "Quaternion", "Euler", "Matrix")
OTHER_ATTRIBUTES = _words("fps fps_base is_integer real imag args numerator denominator Object Scene types")

READABLE = frozenset().union(
    *(OBJECT_FIELDS, BODY_FIELDS, CONSTRAINT_FIELDS, SCENE_FIELDS, PHYSICS_FIELDS, BPY_PATHS),
    *(STRING_METHODS, LIST_METHODS, DICT_METHODS, SET_METHODS),
    *(VECTOR_FIELDS, SWIZZLES, MATH_NAMES, RANDOM_NAMES, MATHUTILS_NAMES, TYPING_NAMES, OTHER_ATTRIBUTES, LOOK_NAMES),
)
"""Attributes that a script may read, of whatever value."""

WRITABLE = frozenset(
    _words("""
    x y z w r g b a length angle axis order translation matrix_world rotation_mode color diffuse_color default_value
    energy body value use_nodes
""")
).union(fields.OBJECT, fields.BODY, fields.CONSTRAINT, fields.SCENE, (s for s in SWIZZLES if len(set(s)) == len(s)))
"""Attributes that a script may write, of whatever value."""

NODES: tuple[type[ast.AST], ...] = (
    *(ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.Pass, ast.Break, ast.Continue),
    *(ast.If, ast.For, ast.While, ast.Try, ast.ExceptHandler, ast.Raise, ast.Assert),
    *(ast.Import, ast.ImportFrom, ast.alias, ast.Global, ast.Nonlocal),
    *(ast.FunctionDef, ast.Lambda, ast.arguments, ast.arg, ast.Return),
    *(ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.NamedExpr, ast.Starred),
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Constant, ast.JoinedStr, ast.FormattedValue),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
    *(ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop),
)
"""Syntax that a script may use."""
