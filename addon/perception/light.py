"""The light of pictures: one sun without shadows, and some light from everywhere."""

from __future__ import annotations

BACKGROUND = 0.25
"""Linear grey where nothing is."""
TO_SUN = (0.35, -0.45, 0.82)
"""The way to the sun, of any length."""
AMBIENT = 0.45
"""The share of its colour that a surface shows which the sun does not reach; what faces it shows all."""
