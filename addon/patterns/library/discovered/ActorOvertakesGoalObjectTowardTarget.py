def find_pattern(trace):
    """As both go to the goal target, the actor passes the goal object by its radius and stays nearer for 0.5 s."""
    roles, found = {tag: o for o in trace.scene.objects for tag in o.tags}, []
    a, o, g = roles.get("actor"), roles.get("goal_object"), roles.get("goal_target")
    states = [{**{b.id: b for b in (a, o, g)}, **{b.id: b for b in f.objects}} for f in trace.frames if a and o and g]
    gaps = [[math.hypot(*[max(0, abs(x - y) - d / 2) for x, y, d in zip(s[b.id].position, s[g.id].position,
                                                                        g.dimensions)]) for b in (a, o)] for s in states]
    behind = [n for n, (own, other) in enumerate(gaps) if own >= other]
    for n, m in zip(behind, behind[1:] + [len(gaps)]):
        radius, old = max(a.dimensions) / 2, gaps[max(0, n - int(trace.fps / 2))]
        ahead = [k for k in range(n + 1, m) if gaps[k][1] - gaps[k][0] >= radius]
        if ahead and m - 1 - ahead[0] >= 0.5 * trace.fps and all(x - y > 0.1 * radius for x, y in zip(old, gaps[ahead[0]])):
            found.append({"time": trace.frames[ahead[0]].time, "end": trace.frames[m - 1].time,
                          "description": f"{a.id} overtakes {o.id} towards {g.id}.",
                          "parameters": {"object": a.id, "other": o.id, "target": g.id}})
    return found
