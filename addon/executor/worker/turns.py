"""Rotations as plain lists: quaternions ``[w, x, y, z]``, matrices of 3 rows, angles about three axes in an order."""

from math import acos, atan2, copysign, cos, floor, hypot, pi, sin, sqrt

ORDERS = {"XYZ": (0, 1, 2), "XZY": (0, 2, 1), "YXZ": (1, 0, 2), "YZX": (1, 2, 0), "ZXY": (2, 0, 1), "ZYX": (2, 1, 0)}
"""The axes of each order, the one that is turned about first at the front."""

EVEN = ((0, 1, 2), (1, 2, 0), (2, 0, 1))


def axes_of(order):
    if order not in ORDERS:
        raise ValueError("the order of Euler angles is one of %s, got %r" % (", ".join(ORDERS), order))
    return ORDERS[order]


def axis_index(axis):
    if axis not in ("X", "Y", "Z"):
        raise ValueError("an axis is 'X', 'Y' or 'Z', got %r" % (axis,))
    return "XYZ".index(axis)


def dot(a, b):
    if len(a) == 3 == len(b):
        x, y, z = a
        u, v, w = b
        return x * u + y * v + z * w
    return sum([x * y for x, y in zip(a, b)])


def unit(values):
    """The values at length 1; zeros stay."""
    length = sqrt(dot(values, values))
    if length and len(values) == 3:
        x, y, z = values
        return [x / length, y / length, z / length]
    return [a / length for a in values] if length else values


def product(p, q):
    """The quaternion that turns by q first and then by p."""
    a, b, c, d = p
    e, f, g, h = q
    return [
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    ]


def turned(q, vector):
    """q v q*: the vector turned by q, and longer by the square of q's length."""
    w, x, y, z = q
    a, b, c = vector
    inner = -x * a - y * b - z * c
    p, r, s = w * a + y * c - z * b, w * b + z * a - x * c, w * c + x * b - y * a
    return [
        p * w - inner * x - r * z + s * y,
        r * w - inner * y - s * x + p * z,
        s * w - inner * z - p * y + r * x,
    ]


def unit_quaternion(q):
    """At length 1; mathutils makes a half turn about x of four zeros."""
    return unit(q) if any(q) else [0.0, 1.0, 0.0, 0.0]


def about(axis, angle):
    """The quaternion of a turn about an axis of any length; none about an axis of length zero."""
    x, y, z = unit(axis)
    if not (x or y or z):
        return [1.0, 0.0, 0.0, 0.0]
    half = sin(angle / 2)
    return [cos(angle / 2), x * half, y * half, z * half]


def quaternion_rows(q):
    w, x, y, z = q
    return [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]


def quaternion_of(rows):
    """The unit quaternion with ``w >= 0`` of three orthonormal rows, mirrored first if they are left-handed."""
    (a, b, c), (d, e, f), (g, h, i) = rows
    if a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0:
        a, b, c, d, e, f, g, h, i = -a, -b, -c, -d, -e, -f, -g, -h, -i
    squares = (1 + a + e + i, 1 + a - e - i, 1 - a + e - i, 1 - a - e + i)
    largest = squares.index(max(squares))
    q = unit(
        (
            [squares[0], h - f, c - g, d - b],
            [h - f, squares[1], b + d, c + g],
            [c - g, b + d, squares[2], f + h],
            [d - b, c + g, f + h, squares[3]],
        )[largest]
    )
    return [-v for v in q] if q[0] < 0 else q


def euler_quaternion(angles, order):
    made = [1.0, 0.0, 0.0, 0.0]
    for axis in axes_of(order):
        single = [cos(angles[axis] / 2), 0.0, 0.0, 0.0]
        single[axis + 1] = sin(angles[axis] / 2)
        made = product(single, made)
    return made


def _angles(rows, order):
    """The angles of three orthonormal rows, that of the middle axis within a quarter turn."""
    i, j, k = axes = ORDERS[order]
    flat = hypot(rows[i][i], rows[j][i])
    angles = [0.0, 0.0, 0.0]
    angles[j] = atan2(-rows[k][i], flat)
    if flat > 2e-6:
        angles[i], angles[k] = atan2(rows[k][j], rows[k][k]), atan2(rows[j][i], rows[i][i])
    else:
        angles[i] = atan2(-rows[j][k], rows[j][j])
    return angles if axes in EVEN else [-a for a in angles], flat


def _half_turned(angles, middle):
    """The other angles of the same rotation."""
    return [copysign(pi, a) - a if n == middle else a - copysign(pi, a) for n, a in enumerate(angles)]


def euler_of(rows, order, like=None):
    """The angles of three orthonormal rows: the smaller ones, or those nearest to the angles ``like``."""
    middle = axes_of(order)[1]
    angles, flat = _angles(rows, order)
    if like is None:
        return _half_turned(angles, middle) if flat > 2e-6 and _size(angles) > 1.5 * pi else angles
    near = [nearest_turns(angles, like)]
    if flat > 2e-6:
        near.append(nearest_turns(_half_turned(angles, middle), like))
    return min(near, key=lambda angles: _size([a - b for a, b in zip(angles, like)]))


def _size(angles):
    x, y, z = angles
    return abs(x) + abs(y) + abs(z)


def nearest_turns(angles, like):
    """The angles, each moved by whole turns to where it is nearest to that of ``like``."""
    return [a - 2 * pi * floor((a - b) / (2 * pi) + 0.5) for a, b in zip(angles, like)]


def any_orthogonal(v):
    """A vector at a right angle to v, along the axes as in Blender."""
    x, y, z = v
    largest = max(range(3), key=lambda i: (abs(v[i]), i))
    return ([-y - z, x, x], [y, -x - z, y], [z, z, -x - y])[largest]


def between(a, b):
    """The quaternion of the shortest turn that brings the direction of a to that of b."""
    a, b = unit(a), unit(b)
    axis = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    if any(axis):
        return about(axis, angle_between(a, b))
    return [1.0, 0.0, 0.0, 0.0] if dot(a, b) > 0 else about(any_orthogonal(a), pi)


def angle_between(a, b):
    """The angle between two vectors of length 1."""
    return acos(max(-1.0, min(1.0, dot(a, b))))


def slerp_shares(cosine, factor):
    """The shares of both ends at a point of the arc between them; straight where the arc is next to nothing."""
    if abs(cosine) >= 1 - 1e-4:
        return 1.0 - factor, factor
    angle = acos(cosine)
    return sin((1 - factor) * angle) / sin(angle), sin(factor * angle) / sin(angle)


def tracking(direction, track, up):
    """The quaternion that turns the axis ``track`` into a direction, the axis ``up`` as near to +Z as it can be."""
    if track not in ("X", "Y", "Z", "-X", "-Y", "-Z"):
        raise ValueError("the axis to track with is X, Y, Z, -X, -Y or -Z, got %r" % (track,))
    main, other = axis_index(track[-1]), axis_index(up)
    if main == other:
        raise ValueError("the axes to track with and to point up with must differ")
    if not any(direction):
        return [1.0, 0.0, 0.0, 0.0]
    sign = -1.0 if track[0] == "-" else 1.0
    ahead = [sign * a for a in unit(direction)]
    above = unit([-ahead[2] * ahead[0], -ahead[2] * ahead[1], 1.0 - ahead[2] * ahead[2]])
    if hypot(ahead[0], ahead[1]) < 1e-7:
        above = _above_upright(ahead[2], track, main)
    third = 3 - main - other
    beside = [ahead[(n + 1) % 3] * above[(n + 2) % 3] - ahead[(n + 2) % 3] * above[(n + 1) % 3] for n in range(3)]
    if (main + 1) % 3 != other:
        beside = [-a for a in beside]
    columns = [None, None, None]
    columns[main], columns[other], columns[third] = ahead, above, beside
    return quaternion_of(list(zip(*columns)))


def _above_upright(height, track, main):
    """Where ``up`` goes for a direction straight up or down, as in Blender."""
    if main == 2:
        return [0.0, -1.0 if track == "Z" and height > 0 else 1.0, 0.0]
    above = [0.0, 0.0, 0.0]
    above[main] = -height
    return above
