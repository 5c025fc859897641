def find_pattern(trace):
    """The goal object drops by at least twice its size to the lowest level of its path and stays there to the end."""
    found, pull = [], math.hypot(*trace.gravity)
    for goal in [o for o in trace.scene.objects if "goal_object" in o.tags and not o.static and pull > 0]:
        path = [(frame, o.position) for frame in trace.frames for o in frame.objects if o.id == goal.id]
        heights = [-sum(p * g for p, g in zip(place, trace.gravity)) / pull for frame, place in path]
        low, high, size = min(heights, default=0), max(heights, default=0), max(goal.dimensions)
        above = [k for k, height in enumerate(heights) if height > low + size / 4]
        stay = [frame for frame, place in path[above[-1] + 1:]] if above else []
        if high - low >= 2 * size and len(stay) >= 0.1 * trace.fps and stay[-1].number == trace.frames[-1].number:
            found.append({"time": stay[0].time, "end": stay[-1].time,
                          "description": f"{goal.id} drops to the lowest level of its path and stays there.",
                          "parameters": {"object": goal.id, "drop": high - low, "duration": len(stay) / trace.fps}})
    return found
