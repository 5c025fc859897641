"""What is wrong with a puzzle or a file of puzzles."""

from addon.scene_graph import SceneGraphError


class PuzzleError(SceneGraphError):
    """What was given is no puzzle, or not one that can be played; the text says why."""
