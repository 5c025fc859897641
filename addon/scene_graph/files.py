"""Scene graphs as JSON files, and the JSON schema of the format."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from .errors import SceneGraphError, explain
from .models import READ_VERSIONS, SceneGraph
from .shapes import Mesh

READABLE_VERTICES = 10_000
"""Scenes with more vertices in their meshes are written without indentation, which halves them."""

SCHEMA_FILE = Path(__file__).with_name("scene_graph.schema.json")


def parse_scene_graph(text: str, source: str = "scene graph") -> SceneGraph:
    """Read a scene graph from JSON text. Raises SceneGraphError naming line, object and field."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise SceneGraphError(f"{source} is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise SceneGraphError(f"{source}: a scene graph is a JSON object, this is a {type(data).__name__}")
    version = data.get("schema_version")
    if version not in READ_VERSIONS or isinstance(version, bool):
        raise SceneGraphError(
            f"{source}: schema_version is {version!r}, this program reads {' and '.join(map(str, READ_VERSIONS))}; "
            "parse the scene again with 'python -m headless parse'"
        )
    return validate_scene_graph(data)


def validate_scene_graph(data: dict[str, Any]) -> SceneGraph:
    """Validate plain data, of an earlier version too. Raises SceneGraphError, one line for each problem."""
    try:
        return SceneGraph.model_validate(data)
    except ValidationError as error:
        raise explain(error, data) from None


def load_scene_graph(path: Path) -> SceneGraph:
    """Read a scene graph from a JSON file. Raises SceneGraphError if it is missing or not valid."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SceneGraphError(f"{path} cannot be read: {reason}") from None
    return parse_scene_graph(text, str(path))


def save_scene_graph(graph: SceneGraph, path: Path) -> None:
    """Write the scene graph as JSON; an existing file is replaced only when all is written."""
    write_model(path, graph, graph)


def write_model(path: Path, data: BaseModel, scene: SceneGraph) -> None:
    """Write a model as JSON as `write_text` does; indented, unless its ``scene`` has more vertices than one reads."""
    vertices = sum(len(o.geometry.vertices) for o in scene.objects if isinstance(o.geometry, Mesh))
    indent = 1 if vertices <= READABLE_VERTICES else None
    _write(path, data.__pydantic_serializer__.to_json(data, indent=indent) + b"\n")


def write_text(path: Path, text: str) -> None:
    """Write a text file under a temporary name beside it, then rename it; leaves nothing behind on failure."""
    _write(path, text.encode())


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:  # is told of the file that was asked for
        error.filename, error.filename2 = str(path), None
        raise
    finally:
        temporary.unlink(missing_ok=True)


def json_schema() -> dict[str, Any]:
    """The JSON schema of the scene graph format."""
    schema = SceneGraph.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def schema_text() -> str:
    """The schema file's content."""
    return json.dumps(json_schema(), indent=1, sort_keys=True) + "\n"
