"""Bodies that move in a plane: how far apart they are, and when they touch."""

from .contacts import PlaneBody, PlaneContacts, TouchRule, plane_contacts
from .distance import Disc, Nearest, Path, Piece, Polygon, nearest

__all__ = [
    "Disc",
    "Nearest",
    "Path",
    "Piece",
    "PlaneBody",
    "PlaneContacts",
    "Polygon",
    "TouchRule",
    "nearest",
    "plane_contacts",
]
