"""Reading pictures by a model that sees: what it is shown, what it answers, and answers that are none."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from addon.models import ChatAnswer, ModelError
from addon.scene_graph.text import COLORS
from headless.cli import main
from headless.evaluation.recorded import load_book
from headless.learning.frames.camera_file import load_camera
from headless.learning.perception.model_reader import ModelReader, messages_of, quaternion_of_turn
from headless.learning.perception.readers import BOOK, open_readers
from headless.learning.perception.ruled import SIDE, ruled

DOCS = Path(__file__).parents[3] / "docs" / "learning"
PICTURE, CAMERA = DOCS / "machine.png", DOCS / "camera.json"

RAMP = {
    "kind": "ramp", "shape": "box", "colour": "blue", "lit": True, "size": [2.0, 1.2, 0.12],
    "position": [1.0, 2.0, 0.4], "turn": [0, 30, 0], "velocity": [0.5, 0, 0], "confidence": 0.8,
}  # fmt: skip
LAMP = {**RAMP, "kind": "lamp", "shape": "ball", "lit": False, "size": [0.4] * 3, "turn": [0] * 3, "confidence": 0.9}


class Scripted:
    """Gives answers in turn and keeps what was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def complete(self, request, on_text=None):
        self.asked.append(request)
        return ChatAnswer(self.answers.pop(0), "stop", 0, 0)


def said(*objects):
    return json.dumps({"objects": objects})


@pytest.fixture(scope="module")
def picture():
    return np.asarray(Image.open(PICTURE).convert("RGB"))


@pytest.fixture(scope="module")
def camera():
    return load_camera(CAMERA)


def test_what_a_model_says_is_read(picture, camera):
    lamp, ramp = ModelReader(Scripted(f"Here it is:\n```json\n{said(RAMP, LAMP)}\n```"), "eye").read(picture, camera)
    assert (lamp.kind, lamp.lit, ramp.kind, ramp.confidence) == ("lamp", False, "ramp", 0.8)
    assert lamp.color == pytest.approx(0.3 * np.array(COLORS["blue"]))
    assert ramp.half == pytest.approx([1.0, 0.6, 0.06])
    assert ramp.quaternion == pytest.approx([np.cos(np.pi / 12), 0, np.sin(np.pi / 12), 0])
    assert ramp.velocity is None


def test_speeds_are_taken_where_there_are_two_pictures(picture, camera):
    chat = Scripted(said(RAMP))
    (ramp,) = ModelReader(chat, "eye").read(picture, camera, picture)
    assert ramp.velocity == pytest.approx([0.5, 0, 0])
    assert len(chat.asked[0].messages[1].parts) == 3
    assert "1/15 s before the second" in chat.asked[0].messages[1].parts[0]


def test_turns_are_about_x_then_y_then_z():
    assert quaternion_of_turn([90, 0, 90]) == pytest.approx([0.5, 0.5, 0.5, 0.5])


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("I cannot see it.", "Invalid JSON"),
        (said({**RAMP, "kind": "zorb"}), "objects.0.kind"),
        (said({**RAMP, "size": [1, 1, 0]}), "objects.0.size.2"),
        (said({k: v for k, v in RAMP.items() if k != "turn"}), "objects.0.turn"),
    ],
)
def test_an_answer_of_another_form_is_sent_back(answer, why, picture, camera):
    chat = Scripted(answer, said(RAMP))
    assert len(ModelReader(chat, "eye").read(picture, camera)) == 1
    assert why in chat.asked[1].messages[-1].content
    with pytest.raises(ModelError, match=r"not of the form asked for .* --reader network"):
        ModelReader(Scripted(answer, answer, answer), "eye").read(picture, camera)


def test_a_model_is_shown_the_camera_and_the_schema(picture, camera):
    chat = Scripted(said())
    assert ModelReader(chat, "eye").read(picture, camera) == []
    (request,) = chat.asked
    assert request.prompt == "picture_reading 1"
    assert "objects" in request.schema["properties"]
    assert request.messages == messages_of(picture, camera)
    assert f"k = {camera.eye[2]:.2f} / ({camera.eye[2]:.2f} - h)" in request.messages[1].parts[0]


def test_a_picture_is_shown_with_a_grid_of_the_ground(picture, camera):
    shown = np.asarray(Image.open(io.BytesIO(ruled(picture, camera)))).astype(int)
    assert shown.shape == (SIDE, 2 * SIDE, 3)
    plain, lined = shown[:, :SIDE], shown[:, SIDE:]
    changed = np.abs(plain - lined).max(-1) > 10
    assert 0.005 < changed.mean() < 0.1
    ((x, y, _),) = camera.project(np.array([[1.0, 2.0, 0.0]]))
    column, row = int((x + 1) / 2 * SIDE), int((1 - y) / 2 * SIDE)
    assert changed[row - 1 : row + 2, column - 1 : column + 2].any()


def test_the_local_model_sees_nothing():
    with pytest.raises(ModelError, match="sees no pictures"), open_readers("model", coder="local"):
        pass
    with pytest.raises(ModelError, match="no model that could be asked"), open_readers("model", coder="template"):
        pass


def test_a_chat_page_reads_a_picture_by_files(tmp_path, capsys):
    asked = ["parse", str(PICTURE), "--from-picture", "--camera", str(CAMERA), "--reader", "model"]
    asked += ["--coder", f"paste:{tmp_path}", "--text"]
    assert main(asked) == 2
    (prompt,) = tmp_path.glob("prompt-*.md")
    assert len(list(tmp_path.glob("prompt-*-1.png"))) == 1
    (tmp_path / prompt.name.replace("prompt", "answer")).write_text(said(RAMP, LAMP))
    assert main(asked) == 0
    assert "Blue Ramp: ramp, blue" in capsys.readouterr().out


def test_recorded_readings_are_of_the_form_asked_for(picture, camera):
    with open_readers("model", coder="recorded") as reader_for:
        for name in load_book(BOOK):
            found = reader_for(name).read(picture, camera)
            assert sum(one.kind == "floor" for one in found) == 1, name
        with pytest.raises(ModelError, match="no answer number 1 about 'zorb' was recorded"):
            reader_for("zorb").read(picture, camera)
