def find_pattern(trace):
    """The actor meets from above a movable body that supports the goal object at that time."""
    found, tags = [], {o.id: o.tags for o in trace.scene.objects if not o.static}
    actor, down = next((name for name in tags if "actor" in tags[name]), None), 0.5 * math.hypot(*trace.gravity)
    for e in [e for e in trace.events if e.uid == "Support" and "goal_object" in tags.get(e.parameters["object"], [])]:
        body, end = e.parameters["support"], (e.end or 1) + 2 / (trace.fps * trace.duration)
        hits = [c for c in trace.contacts if {c.a_id, c.b_id} == {actor, body} and e.time <= c.time <= end
                and sum(n * g for n, g in zip(c.normal, trace.gravity)) * (1 if c.a_id == actor else -1) > down]
        if hits and body in tags and not {"goal_object", "goal_target"} & set(tags[body]):
            found.append({"time": hits[0].time, "description": f"{actor} lands on {body} below the goal object.",
                          "parameters": {"object": actor, "support": body, "goal": e.parameters["object"]}})
    return found
