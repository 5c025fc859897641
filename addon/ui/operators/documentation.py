"""The documentation that comes with the extension, opened in the browser."""

from __future__ import annotations

from pathlib import Path

import bpy

from ..browser import show
from ..text import ENGLISH, tr

PAGE = Path(__file__).parents[3] / "documentation" / "extension.html"
"""The first of the pages, put there when the extension is built."""


class CDYN_OT_documentation(bpy.types.Operator):
    """Open the documentation."""

    bl_idname = "cdyn.documentation"
    bl_label = ENGLISH["documentation"]
    bl_description = ENGLISH["documentation_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """The pages must be there."""
        if PAGE.is_file():
            return True
        cls.poll_message_set(tr("no_documentation"))
        return False

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open the first page."""
        show(PAGE)
        return {"FINISHED"}


CLASSES = (CDYN_OT_documentation,)
