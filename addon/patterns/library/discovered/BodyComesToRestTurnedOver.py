def find_pattern(trace):
    """A body that is not round comes to rest for good, turned by at least 45 degrees from its pose at the start."""
    def turn(a, b):
        if len(a.position) == 2:
            return math.acos(math.cos(b.angle - a.angle))
        return 2 * math.acos(min(1.0, abs(sum(p * q for p, q in zip(a.rotation, b.rotation)))))
    found, final = [], trace.frames[-1]
    for start in [o for o in trace.scene.objects if o.type not in ("circle", "sphere")]:
        for last in [o for o in final.objects if o.id == start.id and turn(start, o) >= math.pi / 4]:
            path = [(f.time, o) for f in trace.frames for o in f.objects if o.id == start.id]
            far = [math.dist(o.position, last.position) / max(start.dimensions) for time, o in path]
            moving = [i for i in range(len(path)) if far[i] >= 0.05 or turn(path[i][1], last) >= 0.1]
            first = max(moving, default=-1) + 1
            if len(path) - 1 - first >= 0.5 * trace.fps:
                about = {"object": start.id, "angle": round(math.degrees(turn(start, last)), 1)}
                text = f"{start.id} comes to rest turned over."
                found.append({"time": path[first][0], "end": final.time, "description": text, "parameters": about})
    return found
