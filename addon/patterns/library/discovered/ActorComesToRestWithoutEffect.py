def find_pattern(trace):
    """The actor comes to rest for good without touching goal object or target, itself or through a movable body."""
    goals = [o.id for o in trace.scene.objects if "goal_object" in o.tags or "goal_target" in o.tags]
    fixed, found = [o.id for o in trace.scene.objects if o.static], []
    pairs = [(x, y, c) for c in trace.contacts for x, y in ((c.a_id, c.b_id), (c.b_id, c.a_id))]
    for a in [o for o in trace.frames[-1].objects if "actor" in o.tags]:
        met = {y: c.time for x, y, c in reversed(pairs) if x == a.id and y not in fixed}
        used = any(y in goals and (x == a.id or x in met and x not in fixed and c.end > met[x]) for x, y, c in pairs)
        moves = [f.time for f in trace.frames for o in f.objects
                 if o.id == a.id and math.hypot(*o.velocity) > 0.05 * max(a.dimensions)]
        if moves and not used and (1 - moves[-1]) * trace.duration >= 0.2:
            found.append({"time": moves[-1], "end": trace.frames[-1].time, "parameters": {"object": a.id,
                          "touched": sorted(met)}, "description": f"{a.id} comes to rest without effect."})
    return found
