"""Plain things to lay out."""

from addon.worlds.entry import Entry
from addon.worlds.form import Anchor, Form, Part
from addon.worlds.library import entries
from addon.worlds.places import Placed
from addon.worlds.solids import ball, box
from addon.worlds.things import Pose, Thing


def made(name, form, moves="rigid", shape="BOX"):
    entry = Entry(
        name.lower(), "tests", "a thing for tests", (name.lower(),), (0.0, 99.0), moves, shape, {}, lambda: form
    )
    return Thing(name, entry, moves)


def ground(width=10.0, depth=10.0):
    return Placed(made("Ground", Form((Part(box(width, depth, 0.2).moved(z=-0.2), "soil"),)), "fixed"), Pose())


def block(name, width=0.2, depth=0.2, height=0.2, stuff="wood"):
    return made(name, Form((Part(box(width, depth, height), stuff),)))


def sphere(name, radius=0.1):
    return made(name, Form((Part(ball(radius).moved(z=radius), "rubber"),)), shape="SPHERE")


def bowl(name):
    form = Form((Part(box(1, 1, 0.05), "wood"),), {"inside": Anchor((0, 0, 0.05), reach=0.4)})
    return made(name, form)


def from_library(name, entry, **parameters):
    found = entries()[entry]
    return Thing(name, found, found.moves, parameters)
