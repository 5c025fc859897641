import pytest

from addon.models import ChatRequest, GivenAnswer, Message, ModelError, PasteFolder, Picture, as_text

FIRST = ChatRequest("m", (Message("system", "You write.\n"), Message("user", "Rules: Öffne 门\n")))
REPAIR = ChatRequest("m", (*FIRST.messages, Message("assistant", "x = 1"), Message("user", "line 1 is wrong")))
PNG = b"\x89PNG\r\n\x1a\n"


def told(client, request):
    with pytest.raises(ModelError) as caught:
        client.complete(request)
    assert caught.value.kind == "paste"
    assert caught.value.is_input
    return caught.value


def test_the_prompt_goes_out_and_the_answer_comes_back(tmp_path):
    client = PasteFolder(tmp_path / "new")
    error = told(client, FIRST)
    (prompt,) = (tmp_path / "new").iterdir()
    assert prompt.read_text(encoding="utf-8") == "You write.\n\nRules: Öffne 门\n"
    assert str(prompt) in error.reason
    answer = prompt.with_name(prompt.name.replace("prompt", "answer"))
    assert str(answer) in error.advice
    told(client, FIRST)
    answer.write_text("\ufeffanswer ✓", encoding="utf-8")
    heard = []
    assert client.complete(FIRST, heard.append).text == "answer ✓"
    assert heard == ["answer ✓"]
    assert client.answer == answer


def test_a_repair_is_another_prompt_that_holds_the_whole_conversation(tmp_path):
    client = PasteFolder(tmp_path)
    told(client, FIRST)
    told(client, REPAIR)
    assert len(list(tmp_path.iterdir())) == 2
    text = as_text(REPAIR)
    parts = ["You write.", "Rules: Öffne 门", "Your answer was:", "x = 1", "line 1 is wrong"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xff\xfe\x00x"])
def test_an_answer_that_is_none_is_told(tmp_path, content):
    client = PasteFolder(tmp_path)
    told(client, FIRST)
    client.answer.write_bytes(content)
    assert client.answer.name in str(told(client, FIRST))


def test_pictures_lie_beside_the_prompt(tmp_path):
    request = ChatRequest("m", (Message("user", ("Before", Picture(PNG), "After")),))
    told(PasteFolder(tmp_path), request)
    (prompt,) = tmp_path.glob("*.md")
    (picture,) = tmp_path.glob("*.png")
    assert picture.read_bytes() == PNG
    assert picture.name in prompt.read_text(encoding="utf-8")


def test_the_form_of_the_answer_is_told_in_words():
    assert '"boolean"' in as_text(ChatRequest("m", FIRST.messages, schema={"type": "boolean"}))
    assert 'root ::= "a"' in as_text(ChatRequest("m", FIRST.messages, grammar='root ::= "a"'))


def test_an_answer_at_hand():
    assert GivenAnswer("x = 1").complete(FIRST).text == "x = 1"
    told(GivenAnswer(" \n"), FIRST)


def test_an_answer_that_is_too_large_is_told(tmp_path):
    client = PasteFolder(tmp_path)
    told(client, FIRST)
    (prompt,) = tmp_path.iterdir()
    prompt.with_name(prompt.name.replace("prompt", "answer")).write_text("NOT(" * 200_000)
    assert "is larger than 512 KiB" in told(client, FIRST).reason
