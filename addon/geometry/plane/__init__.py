"""Bodies that move in a plane: how far apart they are, and when they touch."""

from .contacts import PlaneBody, PlaneContacts, TouchRule, plane_contacts
from .distance import Disc, Nearest, Path, Piece, Polygon, nearest
from .shapes import area, box_extents, counterclockwise, joined, outline, pieces_of, plane_geometry

__all__ = [
    "Disc",
    "Nearest",
    "Path",
    "Piece",
    "PlaneBody",
    "PlaneContacts",
    "Polygon",
    "TouchRule",
    "area",
    "box_extents",
    "counterclockwise",
    "joined",
    "nearest",
    "outline",
    "pieces_of",
    "plane_contacts",
    "plane_geometry",
]
