"""Code of a thing as a model would write it, and a model that says it."""

from addon.models import ChatAnswer

ZORB = """
def make_thing():
    shell = ball(0.3, 24)
    grip = moved(tube([(-0.05, 0, 0), (-0.05, 0, 0.1), (0.05, 0, 0.1), (0.05, 0, 0)], 0.01), z=0.28)
    return {
        "about": "a clear ball with a grip",
        "longest": [0.3, 1.2],
        "parts": [
            dict(shell, stuff="plastic", colour=[0.8, 0.1, 0.1], painted=True, share=0.1),
            dict(grip, stuff="rubber"),
        ],
        "anchors": {"top": {"at": [0, 0, 0.38]}},
    }
"""
APART = ZORB.replace("z=0.28", "z=0.5")


def of_box(mesh="box(1, 1, 1)", **fields):
    """Code of a box, with other fields."""
    told = "".join(f", {key!r}: {value!r}" for key, value in fields.items() if key != "part")
    part = "".join(f", {key}={value!r}" for key, value in fields.get("part", {}).items())
    return (
        f"def make_thing():\n    m = {mesh}\n"
        f"    return {{'about': 'a box', 'longest': [0.5, 2], 'parts': [dict(m, stuff='wood'{part})]{told}}}\n"
    )


class Model:
    """Gives its answers in turn and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def complete(self, request, on_text=None):
        self.asked.append(request)
        return ChatAnswer(self.answers.pop(0), "stop", 0, 0)
