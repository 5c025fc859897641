"""Rules that cannot be kept as they are: told before anything runs, with the buttons that mend what is missing."""

from __future__ import annotations

import bpy

from .preferences import chosen_coder
from .readings import Told, is_settled, texts_of, told
from .session import SESSION, Fix
from .text import tr


def fixes_of(scene: bpy.types.Scene, found: Told) -> tuple[Fix, ...]:
    """Buttons that give a mesh the rigid body for whose lack a rule is refused; none for other refusals."""
    obj = scene.objects.get(found.bodiless)
    if obj is None or obj.type != "MESH" or obj.library is not None:
        return ()
    types = ("active",) if found.must_move else ("passive", "active")
    return tuple(Fix(f"cdyn.make_{kind}", obj.name) for kind in types)


def refused(scene: bpy.types.Scene) -> dict[str, Told]:
    """The rules that words alone settle as refused, as far as they are read, with what was found.

    With an endpoint there are none: it writes free code. What the local model may know is not among them.
    """
    found = {text: told(scene, text) for text in texts_of(scene)}
    wrong = {text: said for text, said in found.items() if said is not None and not said.sentence}
    coder = chosen_coder(bpy.context) if wrong else ""
    return {t: said for t, said in wrong.items() if coder != "openai" and not (coder == "local" and said.is_open)}


def tell_refused(scene: bpy.types.Scene) -> bool:
    """Tell of the rules of a scene that are refused; False if there are none or some rule is still to be read."""
    found = refused(scene) if is_settled(scene) else {}
    if not found:
        return False
    fixes = dict.fromkeys(fix for said in found.values() for fix in fixes_of(scene, said))
    if all(fixes_of(scene, said) for said in found.values()):
        reason = "\n".join(dict.fromkeys(said.reason for said in found.values()))
        error = tr("rules_bodiless", reason=reason)
    else:
        reason = "\n".join(f"'{text}': {said.reason}" for text, said in found.items())
        error = tr("rules_refused", reason=reason)
    SESSION.say(error=error, scene=scene.session_uid, fixes=tuple(fixes), of_rules=True)
    return True
