def find_pattern(trace):
    """A body that touched nothing for 0.2 s and sank by at least its own size meets a movable body below it."""
    found, free, g = [], {}, math.hypot(*trace.gravity) or 1.0
    down = lambda v: sum(a * b for a, b in zip(v, trace.gravity)) / g
    size = {o.id: max(o.dimensions) for o in trace.scene.objects if not o.static}
    for c in trace.contacts:
        for who, other, below in ((c.a_id, c.b_id, down(c.normal)), (c.b_id, c.a_id, -down(c.normal))):
            since = free.get(who, trace.frames[0].time)
            free[who] = max(since, c.end)
            if below < 0.5 or who not in size or other not in size or (c.time - since) * trace.duration < 0.2:
                continue
            flight = [f for f in trace.frames if since <= f.time <= c.time]
            depth = [down(o.position) for f in flight for o in f.objects if o.id == who]
            if depth and depth[-1] - depth[0] >= size[who]:
                found.append({"time": c.time, "description": f"{who} falls onto {other}.",
                              "parameters": {"object": who, "other": other, "drop": round(depth[-1] - depth[0], 3)}})
    return found
