"""Why an object never moved."""

from __future__ import annotations

from ...scene_graph import Constraint, is_part
from .ahead import moving, much_longer
from .case import Case
from .cause import Cause
from .mends import Body, Joint, Mend, active


def why_still(case: Case, name: str, doing: str = "") -> Cause | None:
    """Why an object did not move in the whole run; None if it did. ``doing`` tells what it was to do."""
    if not case.has(name) or case.moved(name):
        return None
    obj = case.objects[name]
    told, body = f"{name} never moved{doing}", obj.body

    def cause(reason: str, *mends: Mend) -> Cause:
        return Cause(kind="still", text=f"{told}: {reason}.", objects=(name,), mends=mends)

    if is_part(obj, case.graph):
        return cause(f"it is a part of {obj.parent}'s shape and moves with that alone")
    if not case.graph.world.enabled:
        return cause("the rigid-body world is switched off")
    if body is None:
        return cause("it has no rigid body, so physics does not move it, and no rule did", active(name))
    if body.type == "PASSIVE":
        return cause("its body is passive, so physics does not move it, and no rule did", active(name))
    if body.kinematic:
        return cause("it is held in place (Animated is ticked), and no rule released it", active(name))
    if not body.enabled:
        return cause("its rigid body is not dynamic (Dynamic is not ticked)", active(name))
    if body.use_deactivation and body.start_deactivated:
        awake = Body(words=f"wake {name} at the start", name=name, settings={"start_deactivated": False})
        return cause("it sleeps from the start until something hits it (Start Deactivated is ticked)", awake)
    holder = next((j for j in case.graph.constraints if _holds(case, j, name)), None)
    if holder is not None:
        off = Joint(words=f"switch {holder.name} off", name=holder.name, settings={"enabled": False})
        other = holder.object2 if holder.object1 == name else holder.object1
        return cause(f"the joint {holder.name} holds it fast to {other or 'the world'}", off)
    if (other := moving(case)) is None:
        return cause("it lay at rest from the start, and nothing pushed it")
    reason = f"it lay at rest, and nothing had pushed it when the run ended, in which {other} still moved"
    return cause(reason, much_longer(case))


def _holds(case: Case, joint: Constraint, name: str) -> bool:
    """Whether a joint that works keeps a body where it is, for the other end cannot move."""
    ends = (joint.object1, joint.object2)
    if name not in ends or joint.type != "FIXED" or not joint.enabled:
        return False
    other = next((end for end in ends if end != name), None)
    return other is None or case.objects[other].dynamic_mass == 0
