def find_pattern(trace):
    """The goal object parts for good from the body that first carried it and ends lower by at least its size."""
    found = []
    pull = math.hypot(*trace.gravity) or 1.0
    for goal in [o for o in trace.scene.objects if "goal_object" in o.tags and not o.static]:
        carried = [e for e in trace.events if e.uid == "Support" and e.parameters["object"] == goal.id]
        for support in [e.parameters["support"] for e in carried[:1]]:
            left = max([c.end for c in trace.contacts if {c.a_id, c.b_id} == {goal.id, support}], default=1.0)
            path = [o.position for f in trace.frames if f.time >= left for o in f.objects if o.id == goal.id]
            drop = sum((p - q) * g for p, q, g in zip(path[-1], path[0], trace.gravity)) / pull if path else 0.0
            if drop >= max(goal.dimensions):
                text = f"{goal.id} leaves its first support {support} for good and ends lower."
                about = {"object": goal.id, "support": support, "drop": round(drop, 3)}
                found.append({"time": left, "description": text, "parameters": about})
    return found
