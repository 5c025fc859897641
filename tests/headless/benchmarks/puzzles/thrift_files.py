"""Small files of PHYRE's compiled tasks, written as thrift's binary protocol has them."""

import lzma
import struct

BOTTOM = ((128.0, -2.5), (256.0, 5.0))
WALLS = (BOTTOM, ((-2.5, 128.0), (5.0, 256.0)), ((128.0, 258.5), (256.0, 5.0)), ((258.5, 128.0), (5.0, 256.0)))


def value(given):
    """The type and the bytes of a value: a struct is a dict by field id."""
    match given:
        case bool():
            return 2, struct.pack(">b", given)
        case int():
            return 8, struct.pack(">i", given)
        case float():
            return 4, struct.pack(">d", given)
        case str():
            return 11, struct.pack(">i", len(given.encode())) + given.encode()
        case dict():
            return 12, written(given)
        case list():
            inner = [value(one) for one in given]
            kind = inner[0][0] if inner else 12
            return 15, struct.pack(">bi", kind, len(inner)) + b"".join(data for _, data in inner)


def written(fields):
    parts = ((number, *value(given)) for number, given in fields.items())
    return b"".join(struct.pack(">bh", kind, number) + data for number, kind, data in parts) + b"\0"


def vector(x, y):
    return {1: float(x), 2: float(y)}


def polygon(*corners):
    return {1: {1: [vector(*corner) for corner in corners]}}


def rectangle(width, height):
    x, y = width / 2, height / 2
    return polygon((x, y), (-x, y), (-x, -y), (x, -y))


def body(at, *shapes, dynamic=False, color=6, kind=2, angle=0.0):
    return {1: vector(*at), 2: 1 + dynamic, 3: angle, 4: list(shapes), 5: color, 6: kind}


def ball(at, radius, **look):
    return body(at, {2: {1: float(radius)}}, **{"dynamic": True, "kind": 1, **look})


def walls():
    return [body(at, rectangle(*size), kind=0) for at, size in WALLS]


def task(name="00000:000", bodies=None, one=4, other=5, relations=(6,), tier="BALL", size=256):
    given = bodies or [*walls(), ball((60, 20), 8, color=2), body((200, 2.5), rectangle(60, 5), color=4)]
    scene = {1: given, 3: size, 4: size, 5: 0}
    return {1: name, 2: scene, 3: one, 4: other, 5: list(relations), 6: "Make green touch.", 9: tier}


def tasks_file(path, tasks, packed=True):
    data = written({1: list(tasks)})
    path.write_bytes(lzma.compress(data) if packed else data)
    return path


def many(templates=2, each=5):
    """Tasks that differ in where the goal is."""
    return [
        task(f"{t:05}:{k:03}", [*walls(), ball((60 + k, 20), 8, color=2), body((150 + 9 * t, 3), rectangle(60, 6))])
        for t in range(templates)
        for k in range(each)
    ]
