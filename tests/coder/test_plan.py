"""Plans for goals: which there are, what they are made into, and the coder that has a small model say them."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.coder.plan import PlanError, form, movers, read_plan, script
from addon.coder.plan_coder import PlanCoder, examples
from addon.coder.request import Attempt, CoderError, CodingRequest
from addon.executor.tuning import open_numbers, wants
from addon.models import ChatAnswer
from addon.rewards import parse
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject


def thing(name, place, size, active=False):
    body = RigidBody(type="ACTIVE" if active else "PASSIVE", shape="BOX")
    return SceneObject(name=name, location=place, geometry=Primitive(kind="cube", dimensions=size), body=body)


GRAPH = SceneGraph(
    objects=(
        thing("Floor", (0, 0, -0.5), (20, 20, 1)),
        thing("Ball", (0, 0, 0.2), (0.4, 0.4, 0.4), active=True),
        thing("Ball 2", (6, 0, 0.2), (0.4, 0.4, 0.4), active=True),
        thing("Mat", (3, 4, 0.05), (1, 1, 0.1)),
        thing("Wall", (0, 5, 0.5), (4, 0.2, 1)),
        thing("Gate", (2, 0.7, 0.5), (0.1, 0.1, 1)),
        thing("Post", (4, 0.7, 0.5), (0.1, 0.1, 1)),
    )
)
SAID = "Ball hits Wall\nBall never touches Gate\nBall ends on Mat\nlaunch Ball along the ground"


def near(text):
    """Where things are to be at the end: name to place."""
    found = [re.match(r'NEARBY_AT\("([^"]+)", ([^,]+), ([^,]+), ([^,]+),', wish) for wish in wants(text)]
    return {m[1]: pytest.approx([float(m[i]) for i in (2, 3, 4)]) for m in found if m}


def velocity(text, speed):
    """What is launched, with all open speeds the same."""
    namespace = {"bpy": None}
    lines = [line.strip() for line in text.splitlines() if "velocity" in line]
    return [eval(line.split("= ", 1)[1], {**namespace, "speed": speed, "tune": lambda *a: speed}) for line in lines]


def test_a_plan_says_what_is_wanted_and_launched():
    plan = read_plan(SAID, GRAPH)
    assert plan.hits == (("Ball", "Wall"),)
    assert plan.misses == (("Ball", "Gate"),)
    assert plan.ends == (("Ball", "on", ("Mat",)),)
    assert (plan.launched, plan.thrown) == (("Ball",), ())


def test_a_script_goes_to_what_is_struck_first():
    text = script(read_plan(SAID, GRAPH), GRAPH)
    assert velocity(text, 2.0) == [(0.0, 2.0, 0)]
    assert near(text) == {"Ball": [3, 4, 0.3]}
    assert len(open_numbers(text)) == 1
    assert [parse(wish) is not None for wish in wants(text)] == [True] * 3


@pytest.mark.parametrize(
    ("end", "place", "way"),
    [
        ("on Mat", [3, 4, 0.3], (3.0, 4.0)),
        ("in Mat", [3, 4, 0.2], (3.0, 4.0)),
        ("beside Gate", [2, 0, 0.2], (5.0, 0.0)),
        ("between Gate and Post", [3, 0, 0.2], (5.0, 0.0)),
    ],
)
def test_where_a_thing_is_to_end(end, place, way):
    text = script(read_plan(f"Ball ends {end}\nlaunch Ball along the ground", GRAPH), GRAPH)
    assert near(text) == {"Ball": place}
    assert velocity(text, 5.0)[0][:2] == pytest.approx(way)


def test_two_things_beside_one_lie_side_by_side_and_come_from_either_side():
    ends = "Ball hits Ball 2\nBall ends beside Gate\nBall 2 ends beside Gate\n"
    said = ends + "launch Ball along the ground\nlaunch Ball 2 along the ground"
    text = script(read_plan(said, GRAPH), GRAPH)
    assert near(text) == {"Ball": [1.8, 0, 0.2], "Ball 2": [2.2, 0, 0.2]}
    assert velocity(text, 1.0) == [(1.0, 0.0, 0), (-1.0, 0.0, 0)]


def test_what_is_thrown_rises():
    text = script(read_plan("Ball ends in Mat\nthrow Ball through the air", GRAPH), GRAPH)
    assert velocity(text, 5.0) == [pytest.approx((3.0, 4.0, 5.0))]
    assert len(open_numbers(text)) == 2


@pytest.mark.parametrize(
    ("said", "why"),
    {
        "Ball ends on Moon\nlaunch Ball along the ground": "'Ball ends on Moon' is no line",
        "Floor hits Ball\nBall ends on Mat\nlaunch Ball along the ground": "'Floor hits Ball' is no line",
        "Ball ends on Mat": "what is launched",
        "launch Ball along the ground": "where something ends",
        "Ball ends between Gate\nlaunch Ball along the ground": "'Ball ends between Gate' is no line",
        "Ball ends on Gate and Post\nlaunch Ball along the ground": "'Ball ends on Gate and Post' is no line",
        "Ball ends on Mat\nlaunch Ball 2 along the ground": "where Ball 2 is to go",
        "Ball ends on Floor\nlaunch Ball along the ground": "above or below",
        "": "where something ends",
        "Ball hits Ball\nBall ends on Mat\nlaunch Ball along the ground": "cannot touch",
        "Ball ends on Ball\nlaunch Ball along the ground": "cannot touch, or end at, itself",
        "Ball ends between Gate and Gate\nlaunch Ball along the ground": "between a thing and itself",
        "Ball hits Wall\nBall never touches Wall\nBall ends on Mat\nlaunch Ball along the ground": "never to touch",
        "Ball ends on Mat\nBall ends beside Gate\nlaunch Ball along the ground": "at one place",
        "Ball ends on Mat\nlaunch Ball along the ground\nthrow Ball through the air": "not both",
    }.items(),
)
def test_what_is_no_plan_is_refused(said, why):
    with pytest.raises(PlanError, match=re.escape(why)):
        script(read_plan(said, GRAPH), GRAPH)


@given(st.text(alphabet="Balendsonthrug 2MtGWi\n", max_size=80))
def test_any_text_is_a_plan_or_refused(said):
    with suppress(PlanError):
        assert "velocity" in script(read_plan(said, GRAPH), GRAPH)


def test_the_form_has_the_names_of_the_scene_alone():
    rules = dict(line.split(" ::= ") for line in form(GRAPH).strip().splitlines())
    assert rules["mover"] == '"Ball" | "Ball 2"'
    assert '"Wall"' in rules["thing"]
    assert movers(GRAPH) == ["Ball", "Ball 2"]


class Model:
    """Says the same whatever it is asked, and keeps what that was."""

    def __init__(self, text):
        self.text, self.asked = text, []

    def complete(self, request, on_text=None):
        self.asked.append(request)
        return ChatAnswer(self.text, "stop", 3, 4)


def request(**more):
    return CodingRequest(graph=GRAPH, scene_text="", goal="Launch Ball so that it rests on Mat", fit=40, **more)


def test_a_plan_becomes_a_script_that_tells_it():
    model = Model(SAID)
    result = PlanCoder(model, "small").write(request())
    assert result.script.startswith("# Ball hits Wall\n")
    assert result.prompt_version == "goal_plan 1"
    assert result.understood[0].sentence == SAID.replace("\n", "; ")
    assert model.asked[0].grammar == form(GRAPH)
    again = PlanCoder(model, "small").chat_request(request(previous=Attempt(result.script, "it missed")))
    assert [m.sent()["content"] for m in again.messages[-2:]] == [
        SAID,
        "it missed\n\nWrite another plan for the same goal.\n",
    ]


def test_a_plan_that_cannot_be_carried_out_is_told():
    with pytest.raises(CoderError, match="cannot be carried out: 'Nonsense'"):
        PlanCoder(Model("Nonsense"), "small").write(request())


def test_a_scene_where_nothing_moves_is_told_before_a_model_is_asked():
    still = GRAPH.model_copy(update={"objects": GRAPH.objects[:1]})
    model = Model(SAID)
    with pytest.raises(CoderError, match="no body that could be launched"):
        PlanCoder(model, "small").write(CodingRequest(graph=still, scene_text="", goal="g", fit=1))
    assert model.asked == []


@pytest.mark.parametrize("example", examples(), ids=lambda one: one["movers"][0])
def test_the_examples_are_plans(example):
    able, others, plan = example["movers"], example["others"], "\n".join(example["plan"])
    graph = SceneGraph(
        objects=tuple(thing(n, (i, i, 1), (0.2, 0.2, 0.2), n in able) for i, n in enumerate((*able, *others)))
    )
    assert "velocity" in script(read_plan(plan, graph), graph)
