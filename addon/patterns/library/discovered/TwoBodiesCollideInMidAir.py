def find_pattern(trace):
    """Two movable bodies that touched nothing for 0.1 s meet, and at least one turns by 20 degrees or more."""
    found, n, still = [], len(trace.frames) - 1, {o.id for o in trace.scene.objects if o.static}
    for c in [c for c in trace.contacts if not {c.a_id, c.b_id} & still]:
        pair, k, since = {c.a_id, c.b_id}, max(round(c.time * n), 1), c.time - 0.1 / trace.duration
        near = [d for d in trace.contacts if d.time <= c.time and d.end >= since and pair & {d.a_id, d.b_id}]
        after = {o.id: o.velocity for o in trace.frames[min(k + 1, n)].objects if o.id in pair and len(near) == 1}
        for o in [o for o in trace.frames[k - 1].objects if o.id in after]:
            free = [v + g * 2 * trace.duration / n for v, g in zip(o.velocity, trace.gravity)]
            lengths = math.hypot(*free), math.hypot(*after[o.id])
            along = sum(a * b for a, b in zip(free, after[o.id]))
            if min(lengths) > 0.05 * max(o.dimensions) and along <= math.cos(math.radians(20)) * math.prod(lengths):
                other = c.b_id if o.id == c.a_id else c.a_id
                found.append({"time": c.time, "description": f"{o.id} and {other} collide in mid-air.",
                              "parameters": {"object": o.id, "other": other, "speed": c.speed}})
                break
    return found
