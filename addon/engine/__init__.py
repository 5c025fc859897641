"""The engine bridge: reading, building and stepping a Blender scene. Importing this package does not need Blender."""

from .protocol import Engine, EngineError, SceneFileError

__all__ = ["Engine", "EngineError", "SceneFileError"]
