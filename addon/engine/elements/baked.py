"""The solved surface of a fluid in Blender: all frames in one mesh, of which a modifier shows the present one. So it
plays in every Blender, in one that cannot solve fluids too."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np

from ..fluid_bakes import Bake
from ..names import SHOWN

BAKED = SHOWN + "_fluid"
"""What modifiers, meshes and their attribute are called by which solved fluids are shown."""


def show(obj: bpy.types.Object, bake: Bake) -> None:
    """Show a solved fluid in the place of an object's mesh, from the scene's first frame on."""
    kept = bpy.data.objects.new(BAKED, _mesh(bake))
    if obj.active_material is not None:
        kept.data.materials.append(obj.active_material)
    modifier: Any = obj.modifiers.new(BAKED, "NODES")
    modifier.node_group = _nodes(kept, bpy.context.scene.frame_start, len(bake))


def _mesh(bake: Bake) -> bpy.types.Mesh:
    """All frames, each vertex with the number of its own."""
    data: Any = bpy.data.meshes.new(BAKED)
    frames = np.arange(len(bake))
    starts = np.cumsum(bake.counts[:, 0]) - bake.counts[:, 0]
    corners = bake.triangles + np.repeat(starts, bake.counts[:, 1])[:, None]
    data.vertices.add(len(bake.vertices))
    data.vertices.foreach_set("co", bake.vertices.ravel())
    data.loops.add(corners.size)
    data.loops.foreach_set("vertex_index", corners.astype(np.int32).ravel())
    data.polygons.add(len(corners))
    data.polygons.foreach_set("loop_start", np.arange(0, corners.size, 3, dtype=np.int32))
    data.update(calc_edges=True)
    number = data.attributes.new(BAKED, "INT", "POINT")
    number.data.foreach_set("value", np.repeat(frames, bake.counts[:, 0]).astype(np.int32))
    data.polygons.foreach_set("use_smooth", np.ones(len(corners), dtype=np.bool_))
    return data


def _nodes(kept: bpy.types.Object, first: int, count: int) -> Any:
    """Nodes that keep the part of a mesh whose number is that of the present frame, or of the last that there is."""
    tree: Any = bpy.data.node_groups.new(BAKED, "GeometryNodeTree")
    tree.interface.new_socket(name="Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    new = tree.nodes.new
    source, number, now = (
        new("GeometryNodeObjectInfo"),
        new("GeometryNodeInputNamedAttribute"),
        new("GeometryNodeInputSceneTime"),
    )
    since, ends, other = new("ShaderNodeMath"), new("ShaderNodeClamp"), new("FunctionNodeCompare")
    part, output = new("GeometryNodeDeleteGeometry"), new("NodeGroupOutput")
    source.inputs["Object"].default_value = kept
    number.data_type, number.inputs["Name"].default_value = "INT", BAKED
    since.operation, since.inputs[1].default_value = "SUBTRACT", float(first)
    ends.inputs["Min"].default_value, ends.inputs["Max"].default_value = 0.0, float(count - 1)
    other.data_type, other.operation = "FLOAT", "NOT_EQUAL"
    other.inputs["Epsilon"].default_value = 0.5
    part.domain = "POINT"
    link = tree.links.new
    link(now.outputs["Frame"], since.inputs[0])
    link(since.outputs[0], ends.inputs["Value"])
    link(number.outputs["Attribute"], other.inputs["A"])
    link(ends.outputs[0], other.inputs["B"])
    link(source.outputs["Geometry"], part.inputs["Geometry"])
    link(other.outputs[0], part.inputs["Selection"])
    link(part.outputs["Geometry"], output.inputs[0])
    return tree
