import base64
import struct
import zlib

import pytest

from addon.models import ChatRequest, Message, ModelError, OpenAIChat, Picture, request_key

KINDS = {
    "png": b"\x89PNG\r\n\x1a\n rest",
    "jpeg": b"\xff\xd8\xff\xe0 rest",
    "gif": b"GIF89a rest",
    "webp": b"RIFF\x00\x00\x00\x00WEBP rest",
}
SCHEMA = {"type": "object", "properties": {"seen": {"type": "boolean"}}}


def png():
    """A white point."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff")) + chunk(b"IEND", b"")


def test_texts_and_pictures_are_sent_as_parts(endpoint, tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    endpoint.plan = [endpoint.stream("white")]
    message = Message("user", ("What is this?", Picture.read(tmp_path / "a.png"), "One word."))
    OpenAIChat(endpoint.url, "k").complete(ChatRequest("m", (Message("system", "Look."), message)))
    system, user = endpoint.requests[0]["messages"]
    assert system == {"role": "system", "content": "Look."}
    assert [part["type"] for part in user["content"]] == ["text", "image_url", "text"]
    url = user["content"][1]["image_url"]["url"]
    assert url.startswith("data:image/png;base64,")
    assert base64.b64decode(url.partition(",")[2]) == png()


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_know_their_format(kind):
    assert Picture(KINDS[kind]).url.startswith(f"data:image/{kind};base64,")


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"BM"])
def test_what_is_no_picture_is_refused_before_it_is_sent(data):
    with pytest.raises(ModelError, match="neither PNG") as caught:
        Picture(data)
    assert caught.value.advice


def test_the_form_of_an_answer_is_sent(endpoint):
    endpoint.plan = [endpoint.stream("{}")]
    chat = OpenAIChat(endpoint.url, "k")
    chat.complete(ChatRequest("m", (Message("user", "?"),), {"extra_body": {"cache_prompt": True}}, grammar="root ::="))
    chat.complete(ChatRequest("m", (Message("user", "?"),), schema=SCHEMA))
    held, formed = endpoint.requests
    assert (held["grammar"], held["cache_prompt"]) == ("root ::=", True)
    assert "response_format" not in held
    assert formed["response_format"]["type"] == "json_schema"
    assert formed["response_format"]["json_schema"]["schema"] == SCHEMA
    assert "grammar" not in formed


def test_keys_tell_all_apart_that_is_sent():
    messages = (Message("user", "?"),)
    plain = ChatRequest("m", messages)
    others = [
        ChatRequest("m", messages, grammar="root ::="),
        ChatRequest("m", messages, schema=SCHEMA),
        ChatRequest("m", (Message("user", ("?", Picture(KINDS["png"]))),)),
        ChatRequest("m", (Message("user", ("?", Picture(KINDS["gif"]))),)),
    ]
    assert len({request_key(request) for request in (plain, *others)}) == 5


def test_the_key_of_a_grammar_is_that_of_the_parameter_that_is_sent():
    messages = (Message("user", "?"),)
    by_hand = ChatRequest("m", messages, {"seed": 0, "extra_body": {"cache_prompt": True, "grammar": "root ::="}})
    typed = ChatRequest("m", messages, {"seed": 0, "extra_body": {"cache_prompt": True}}, grammar="root ::=")
    assert request_key(by_hand) == request_key(typed)
