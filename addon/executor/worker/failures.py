"""What went wrong in a script, in its author's words: its line, no names of ours, and what to write instead."""

import re

from ... import fields
from .. import hints
from . import checkpoint, guards, policy
from .formats import without_addresses
from .writes import WriteError

_OURS = {
    "SceneObject": "an object of the scene",
    "RigidBody": "a rigid body",
    "Constraint": "a rigid body constraint",
    "Objects": "bpy.data.objects",
    "Scene": "the scene",
    "Record": "a module",
    "LongRange": "a range",
    "Kind": "a class",
}
_NO_MEMBER = re.compile(r"'(\w+)' object has no attribute '(\w+)'")
_NO_SETTER = re.compile(r"property '(\w+)' of '(\w+)' object has no setter")
_OBJECT = re.compile(r"'(%s)' object\b" % "|".join(_OURS))
_KIND = re.compile(r"'(SceneObject|LongRange|Kind)'")
_KINDS = {"SceneObject": "'Object'", "LongRange": "'range'", "Kind": "'type'"}
_OWNER = re.compile(r"\b(?:%s|Guards|Script|World|Writes)\._?(?=\w+\(\))" % "|".join(_OURS))


def line_of(error):
    """The last line of the script that an error came through."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<script>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def failure(error, memory_mb):
    """An error as plain data: offences of a refused script, else kind, reason, line and suggestion."""
    if isinstance(error, policy.RefusedError):
        return {"offences": list(error.offences)}
    kind, reason, suggestion = _told(error, memory_mb)
    line = error.line if isinstance(error, WriteError) else line_of(error)
    return {"offences": [{"kind": kind, "reason": reason, "line": line, "column": None, "suggestion": suggestion}]}


def _told(error, memory_mb):
    if isinstance(error, guards.ScriptLimit):
        return "limit", str(error), ""
    if isinstance(error, MemoryError):
        return "limit", "the script needs more than %d MB (memory_mb)" % memory_mb, ""
    if isinstance(error, RecursionError):
        return "limit", "functions call each other too deeply", ""
    if isinstance(error, checkpoint.NotKeptError):
        return "refused", str(error), ""
    if isinstance(error, WriteError):
        return "failed", str(error), ""
    if isinstance(error, AttributeError):
        found = _member(str(error))
        if found:
            return ("failed", *found)
    return "failed", "%s: %s" % (type(error).__name__, _words(error)), ""


def _words(error):
    try:
        words = str(error.args[0] if isinstance(error, KeyError) and error.args else error)[:500]
    except Exception:
        return "with words that cannot be printed"
    words = _OBJECT.sub(lambda found: _OURS[found[1]], without_addresses(words))
    words = _KIND.sub(lambda found: _KINDS[found[1]], words)
    return _OWNER.sub("", words)


def _member(words):
    """Reason and suggestion for an attribute that a value does not have."""
    found = _NO_MEMBER.search(words)
    if found is None:
        found = _NO_SETTER.search(words)
        return ("'.%s' can only be read" % found[1], "") if found else None
    kind, name = found[1], found[2]
    if kind == "NoneType":
        if name in fields.CONSTRAINT:
            what = "rigid body or constraint" if name in fields.BODY else "rigid body constraint"
            return "None has no '%s': the object has no %s" % (name, what), "test it first"
        if name in fields.BODY:
            return "None has no '%s': the object has no rigid body" % name, "test it first: if obj.rigid_body:"
        return "None has no '%s'" % name, "test for None first"
    if kind == "Objects" and name in ("remove", "new"):
        return "bpy.data.objects has no '%s'" % name, hints.ATTRIBUTES["new"]
    owner = _OURS.get(kind, "a value of the kind '%s'" % kind)
    suggestion = hints.ATTRIBUTES.get(name) or ("use " + hints.MEMBERS[name] if name in hints.MEMBERS else "")
    return "%s has no '%s'" % (owner, name), suggestion
