def find_pattern(trace):
    """A movable body's centre comes from outside into the hollow of a body of several parts and stays for 0.3 s."""
    def within(p, corners):
        turns = sorted(math.atan2(y - p[1], x - p[0]) for x, y in corners)
        return max(b - a for a, b in zip(turns, turns[1:] + [turns[0] + math.tau])) < math.pi
    past, entry = {}, "0" + "1" * (math.ceil(0.3 * trace.fps) + 1)
    for frame in trace.frames:
        hosts = list(frame.objects) + [o for o in trace.scene.objects if o.static]
        for host in [h for h in hosts if len(h.position) == 2 and "polygon_1" in h.obj_params]:
            parts = [corners for name, corners in host.obj_params.items() if name.startswith("polygon")]
            for o in [o for o in frame.objects if o.id != host.id]:
                near = math.dist(o.position, host.position) < math.hypot(*host.dimensions)
                inside = near and within(o.position, [corner for part in parts for corner in part])
                hollow = inside and not any(within(o.position, part) for part in parts)
                past[o.id, host.id] = (past.get((o.id, host.id), "") + ("1" if hollow else "0")).replace("101", "111")
    return [{"time": trace.frames[k + 1].time, "end": trace.frames[(text + "0").find("0", k + 1) - 1].time,
             "description": f"{o} enters the hollow of {host}.", "parameters": {"object": o, "other": host}}
            for (o, host), text in past.items() for k in range(len(text)) if text.startswith(entry, k)]
