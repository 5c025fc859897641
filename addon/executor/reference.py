"""The language of transition scripts in words, made from the allow-lists."""

from __future__ import annotations

from . import policy


def language_reference() -> str:
    """What a script may use, compact enough for a prompt."""
    lines = ["names: " + "; ".join(f"{name}: {text}" for name, text in policy.SCRIPT_NAMES.items())]
    for label, fields in (
        ('object = bpy.data.objects["Name"]', policy.OBJECT_FIELDS),
        ("object.rigid_body", policy.BODY_FIELDS),
        ("object.rigid_body_constraint", policy.CONSTRAINT_FIELDS),
        ("bpy.context.scene", policy.SCENE_FIELDS),
    ):
        lines.append(f"{label}:")
        lines.extend(f"  .{name}: {text}" for name, text in fields.items())
    lines.append('custom properties: object["key"], object.get("key", default), "key" in object')
    lines.append("imports: " + ", ".join(policy.MODULES))
    lines.append("functions: " + ", ".join(sorted(n for n in policy.BUILTINS if n[0].islower())))
    return "\n".join(lines) + "\n"
