"""Pages and videos, opened outside of Blender."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path


def show(path: Path) -> None:
    """Open a file in the browser, for which nothing waits: one that has to be started takes seconds."""
    threading.Thread(target=webbrowser.open, args=(path.as_uri(),), daemon=True).start()
