"""What cannot be read of a picture."""

from __future__ import annotations


class PictureError(ValueError):
    """Why a picture, its camera or the weights that read it cannot be used, and what to do."""
