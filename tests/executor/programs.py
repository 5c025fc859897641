"""Random programs for fuzzing: the allowed grammar, and the same with something from beyond it.

A part of the grammar is a function that draws a text from a ``random.Random``. Left out is what tells a generator
from a list made at once, for scripts have lists there: names that change between the making of a generator and its
use. So is which of two errors comes first in a statement that has two.
"""

import random

NUMBERS, TEXTS, LISTS = ("a", "b", "c"), ("s", "t"), ("p", "q")
HEAD = """import bpy, math, random
from mathutils import Vector
a, b, c = 3, 2.5, -1
s, t = "ab", "x,y"
p, q = [1, 2, 3], [4.0, 5]
d = {"a": 1, "k": 2}
def f(x, y=2):
    return x * 2 + y if x else y
"""


def split(text):
    return text.split()


ATTRIBUTES = split("""
__class__ __dict__ __globals__ __code__ __init__ __subclasses__ __self__ __builtins__ __reduce__ gi_frame f_back
tb_frame cr_frame co_code mro obj owner format format_map fget func driver_add id_data as_pointer users handlers ops
app types preferences name location velocity rotation_euler scale rigid_body mass get items x z length copy args real
""")
NAMES = split("""
open eval exec compile getattr setattr globals locals vars dir type object super input breakpoint memoryview bytes
__import__ __builtins__ __guard __name__ print len state frame dt bpy math random Vector BaseException undefined
""")
FRAGMENTS = [
    "while True: pass",
    "for i in range(10 ** 12): pass",
    "[0] * 10 ** 10",
    "'a' * 10 ** 10",
    "9 ** 9 ** 9",
    "1 << 10 ** 9",
    "a **= 10 ** 9",
    "import os",
    "from os import *",
    "class A: pass",
    "async def g(): pass",
    "with open('CANARY', 'w') as h: pass",
    "open('CANARY', 'w').write('x')",
    "__import__('os').system('touch CANARY')",
    "def g(): yield 1",
    "def g(): return g()\ng()",
    "del print",
    "global __guard",
    "__guard = None",
    "raise BaseException('out')",
    "raise ValueError('out')",
    "print('x' * 100000)",
    "p.append(p)\nprint(p)",
    "x = ()\nfor i in range(60): x = (x, x)\nprint({x: 1})",
    "try:\n    while True: pass\nfinally:\n    a = 1",
    "def g():\n    try:\n        while True: pass\n    finally:\n        return 1\ng()",
    "bpy.ops.wm.quit_blender()",
    "bpy.data.objects['Nobody'].location.x = 1",
    "bpy.data.objects.remove(1)",
    "print(f'{1:0999999999}')",
    "print('%0999999999d' % 1)",
    "print(sum(range(10 ** 15)))",
    "exec('1')",
    "(lambda: (yield))",
]


def words(*options):
    return lambda rng: rng.choice(options)


def among(*parts):
    return lambda rng: rng.choice(parts)(rng)


def joined(template, *parts):
    return lambda rng: template.format(*(part(rng) for part in parts))


def lines(part, least=1, most=3):
    return lambda rng: "\n".join(part(rng) for _ in range(rng.randint(least, most)))


def whole(low, high):
    return lambda rng: str(rng.randint(low, high))


def expressions():
    """Strategies of numbers, texts and lists, which contain one another."""
    small = whole(0, 4)
    simple_number = among(words(*NUMBERS), whole(-9, 40), words("0.5", "2.0", "-1.5", "1e3", "True"))
    simple_text = among(words(*TEXTS), words("'q'", "''", "'a b'", "'1,2'"))
    simple_list = among(words(*LISTS), words("[]", "[3, 1, 2]", "[0.5] * 2", "list(range(4))"))
    number, text, items = simple_number, simple_text, simple_list
    for _ in range(2):
        inner = number
        number = among(
            simple_number,
            joined("({} {} {})", inner, words("+", "-", "*", "/", "//", "%", "<", "==", "and", "or"), inner),
            joined("({} ** {})", inner, words("0", "1", "2", "0.5")),
            joined("{}({})", words("abs", "int", "float", "round", "-", "f", "bool", "math.floor"), inner),
            joined("(not {})", inner),
            joined("{}({}, {})", words("min", "max", "f", "divmod"), inner, inner),
            joined("({} if {} else {})", inner, inner, inner),
            joined("{}({})", words("len", "sum", "max", "any"), items),
            joined("{}[{}]", items, small),
            joined("d.get({}, {})", text, inner),
            joined("{}.find({})", text, text),
            joined("(lambda x, y={}: x + y)({})", inner, inner),
            joined("sum(x * {} for x in {})", inner, items),
            joined("next((x for x in {} if x > {}), {})", items, inner, whole(0, 9)),
        )
        text = among(
            simple_text,
            joined("({} + {})", text, text),
            joined("({} * {})", text, small),
            joined("f'<{{{}!r}}>'", words(*NUMBERS, *LISTS, "a + b", "p[0]", 'd["a"]')),
            joined("f'{{{}:{}}}'", words("a", "b", "c"), words(">8", "06.2f", "+", ".3g", "<4", "")),
            joined("('%s|%d' % ({}, {}))", text, inner),
            joined("{}.{}()", text, words("upper", "strip", "title", "isdigit", "capitalize")),
            joined("{}[{}:{}]", text, small, small),
            joined("','.join(map(str, {}))", items),
            joined("str({})", inner),
            joined("{}.replace({}, {})", text, text, text),
        )
        items = among(
            simple_list,
            joined("[x {} {} for x in {} if x {} {}]", words("+", "*", "-"), inner, items, words("<", "!="), inner),
            joined("[y for x in {} for y in {}]", items, simple_list),
            joined("({} + {})", items, items),
            joined("({} * {})", items, small),
            joined("{}[{}:{}]", items, small, words("", "2", "-1")),
            joined("sorted({}, key=lambda x: -x)", items),
            joined("list({}({}))", words("reversed", "tuple", "iter"), simple_list),
            joined("sorted(set({}), key=repr)", simple_list),
            joined("[i + v for i, v in enumerate({})]", items),
            joined("[u * v for u, v in zip({}, {})]", items, items),
            joined("list(map(f, {}))", items),
            joined("list(filter(None, {}))", items),
            joined("[*{}, {}]", items, inner),
            joined("{}.split(',')", text),
        )
    return number, text, items


NUMBER, TEXT, ITEMS = expressions()
VALUE = among(NUMBER, TEXT, ITEMS)


def indented(part):
    return lambda rng: "\n".join("    " + line for line in part(rng).splitlines())


SIMPLE = among(
    joined("{} = {}", words(*NUMBERS), NUMBER),
    joined("{} = {}", words(*TEXTS), TEXT),
    joined("{} = {}", words(*LISTS), ITEMS),
    joined("{} {}= {}", words(*NUMBERS), words("+", "-", "*", "/", "//", "%", "**"), NUMBER),
    joined("{} += {}", words(*TEXTS), TEXT),
    joined("{} {} {}", words(*LISTS), words("+="), ITEMS),
    joined("{} *= {}", words(*LISTS), words("0", "1", "2")),
    joined("{}[{}] {}= {}", words(*LISTS), words("0", "1", "-1"), words("", "+", "*", "-", "%"), NUMBER),
    joined("{}[1:2] = {}", words(*LISTS), ITEMS),
    joined("{}[:1] += {}", words(*LISTS), ITEMS),
    joined("d[{}] = {}", TEXT, VALUE),
    joined("d['a'] {}= {}", words("+", "*", "-"), NUMBER),
    joined("{}.append({})", words(*LISTS), NUMBER),
    joined("{}.extend({})", words(*LISTS), ITEMS),
    joined("{}.sort()", words(*LISTS)),
    joined("a, *p = {}", ITEMS),
    joined("a, b = b, {}", NUMBER),
    joined("print({}, {})", VALUE, VALUE),
    joined("assert {}", NUMBER),
    joined("b = (a := {}) * 2 - a", NUMBER),
    joined("p = [c := x for x in {}]", ITEMS),
    joined("del {}[0]", words(*LISTS)),
    words("pass", "c = [x for x in p][-1]", "p = q", "q = p.copy()", "raise ValueError(a)"),
)


def compound(block):
    body = indented(block)
    return among(
        joined("if {}:\n{}\nelse:\n{}", NUMBER, body, body),
        joined("for c in {}:\n{}", ITEMS, body),
        joined("for i in range({}):\n{}\n    if i == {}:\n        {}", words("3", "5"), body, words("1", "9"), JUMPS),
        joined("for i in p[:3]:\n{}\n    if a:\n        {}\nelse:\n{}", body, JUMPS, body),
        joined("i = 0\nwhile i < {}:\n    i += 1\n{}", words("3", "4"), body),
        joined(
            "i = 3\nwhile i:\n    i -= 1\n    if i == {}:\n        {}\n{}\nelse:\n{}",
            words("1", "7"),
            JUMPS,
            body,
            body,
        ),
        joined("try:\n{}\nexcept {}:\n{}\nfinally:\n{}", body, ERRORS, body, body),
        joined("try:\n{}\nexcept Exception:\n{}\nelse:\n{}", body, body, body),
        joined("def g(x, k={}):\n    a = x\n{}\n    return a\nb = g({})", NUMBER, LOCAL, NUMBER),
        joined(
            "def g():\n    n = {}\n    def h():\n        nonlocal n\n        n += {}\n        return n\n"
            "    h()\n    return h()\nprint(g())",
            NUMBER,
            NUMBER,
        ),
    )


JUMPS = words("break", "continue", "pass")
ERRORS = words("Exception", "Exception as e", "(Exception, ValueError)")
LOCAL = joined("    for y in {}:\n        a += {}", ITEMS, NUMBER)


def guarded(part):
    """A statement whose error is printed, so that the program goes on."""
    return joined("try:\n{}\nexcept Exception:\n    print('error')", indented(part))


FEW = lines(SIMPLE)
STATEMENT = among(SIMPLE, compound(FEW), compound(lines(among(SIMPLE, compound(FEW)))))
SHOW = "print(a, b, c, s, t, p, q, sorted(d.items(), key=str))"


def allowed(seed, size):
    """A program of ``size`` statements of the allowed grammar, which prints what it made."""
    rng = random.Random(seed)
    return HEAD + "".join(f"{guarded(STATEMENT)(rng)}\n{SHOW}\n" for _ in range(size))


CUBE, SPHERE = "bpy.data.objects['Cube']", "bpy.data.objects['Sphere']"
FLOATS = among(NUMBER, lambda rng: repr(rng.uniform(-9, 9)), words("0", "1e9", "-1e300", "float('nan')", "math.inf"))
PLAIN = among(whole(-3, 9), lambda rng: repr(rng.uniform(-9, 9)))
KEYS = among(TEXT, lambda rng: repr("".join(chr(rng.choice((*range(128), 233, 0xD800, 0x1F600))) for _ in range(4))))
SCENE_WRITES = among(
    joined(
        "{}.{}.{} {} {}",
        words(CUBE, SPHERE),
        words("location", "velocity", "scale"),
        words("x", "z"),
        words("=", "+=", "*="),
        FLOATS,
    ),
    joined(
        "{}.{} = ({}, {}, {})",
        words(CUBE, SPHERE),
        words("location", "rotation_euler", "scale"),
        FLOATS,
        FLOATS,
        FLOATS,
    ),
    joined("{}.rotation_quaternion = ({}, {}, {}, {})", words(CUBE), FLOATS, FLOATS, FLOATS, FLOATS),
    joined(
        "{}.rigid_body.{} = {}",
        words(CUBE),
        words("mass", "friction", "enabled", "type", "linear_damping"),
        among(FLOATS, VALUE),
    ),
    joined(
        "{}[{}] = {}",
        words(CUBE, SPHERE),
        KEYS,
        among(FLOATS, VALUE, words("p", "d", "f")),
    ),
    joined("{}.{} = {}", words(CUBE, SPHERE), words(*ATTRIBUTES), VALUE),
    joined("del {}[{}]", words(CUBE), TEXT),
    joined("state[{}] = {}", TEXT, VALUE),
)
MOVES = among(
    joined(
        "{}.{}.{} += {}", words(CUBE, SPHERE), words("location", "velocity", "rotation_euler"), words("x", "z"), PLAIN
    ),
    joined("{}['k{}'] = {}", words(CUBE, SPHERE), whole(0, 9), among(PLAIN, words("True", "'open'"))),
    joined("{}.rigid_body.friction = abs({})", words(CUBE), PLAIN),
)
BEYOND = among(
    words(*FRAGMENTS),
    joined("print(({}).{})", among(VALUE, words(CUBE, "bpy", "bpy.data", "f", "print", "math")), words(*ATTRIBUTES)),
    joined("print({})", words(*NAMES)),
    joined("{}({})", words(*NAMES), VALUE),
    joined("{} = {}", words(*NAMES), VALUE),
    joined("def {}({}): pass", words(*NAMES), words(*NAMES)),
    joined("for {} in p: pass", words(*NAMES)),
    joined("import {}", words("os", "sys", "math as __guard", "bpy.ops", "random as print")),
)


def nearly_allowed(seed, size):
    """A program of ``size`` statements that also writes to the scene, and mostly does something that it may not."""
    rng = random.Random(seed)
    parts = [rng.choice((STATEMENT, SCENE_WRITES, MOVES)) for _ in range(size)]
    if rng.random() < 0.6:
        parts.insert(rng.randint(0, size), BEYOND)
    if rng.random() < 0.5:
        parts = [guarded(part) for part in parts]
    return HEAD + "\n".join(part(rng) for part in parts) + "\n"
