def find_pattern(trace):
    """Two movable bodies that touched and then were apart for at least 0.5 s begin to touch each other again."""
    found, parted = [], {}
    static = {o.id for o in trace.scene.objects if o.static}
    for c in trace.contacts:
        pair = frozenset((c.a_id, c.b_id))
        apart = (c.time - parted.get(pair, c.time)) * trace.duration
        if apart >= 0.5 and not pair & static:
            found.append({"time": c.time, "description": f"{c.a_id} and {c.b_id} meet again after parting.",
                          "parameters": {"object": c.a_id, "other": c.b_id, "apart": round(apart, 3)}})
        parted[pair] = max(c.end, parted.get(pair, c.end))
    return found
