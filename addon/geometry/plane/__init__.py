"""Bodies that move in a plane: how far apart they are, and when they touch."""

from .contacts import PlaneBody, PlaneContacts, TouchRule, plane_contacts
from .distance import Disc, Nearest, Path, Piece, Polygon, Pose, lie_in_each_other, nearest
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
    "Pose",
    "TouchRule",
    "area",
    "box_extents",
    "counterclockwise",
    "joined",
    "lie_in_each_other",
    "mass_of",
    "nearest",
    "pieces_of",
    "plane_contacts",
    "plane_geometry",
]
