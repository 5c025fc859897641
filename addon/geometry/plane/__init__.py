"""Bodies that move in a plane: how far apart they are, and when they touch."""

from .contacts import PlaneBody, PlaneContacts, TouchRule, plane_contacts
from .distance import Disc, Nearest, Path, Piece, Polygon, nearest
from .shapes import Mass, area, box_extents, counterclockwise, joined, mass_of, pieces_of, plane_geometry

__all__ = [
    "Disc",
    "Mass",
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
    "mass_of",
    "nearest",
    "pieces_of",
    "plane_contacts",
    "plane_geometry",
]
