import pytest

from addon.coder.chooser import NONE, Chooser
from addon.models import ChatAnswer, ModelError
from addon.models.local import ADAPTED
from addon.rules import Reading, Refusal, Vocabulary, read, sentence
from addon.rules.room import room


class Chat:
    """Answers in turn, with the same certainty each time, and keeps what it was asked."""

    def __init__(self, *answers, certainty=0.9):
        self.answers, self.requests, self.certainty = list(answers), [], certainty

    def complete(self, request, on_text=None):
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return ChatAnswer(answer, "stop", 100, 10, self.certainty)


@pytest.fixture
def vocabulary(scene):
    return Vocabulary(
        scene({"Ball": True, "Plate": None, "Door": None, "Lamp": {"on": False}, "Board": {"hits": 0, "lives": 3}})
    )


@pytest.fixture
def refusal(vocabulary):
    """Of a rule that can mean one of two."""
    rules = [
        read(text, vocabulary).rules[0]
        for text in ("When Ball touches Plate, open Door", "Each time Ball touches Plate, open Door")
    ]
    return Refusal("Ball on Plate opens Door", "it can mean one or the other", choices=tuple(rules))


def test_what_it_says_is_the_reading(vocabulary, refusal):
    chat = Chat(f" {sentence(refusal.choices[1])}\n")
    chooser = Chooser(chat, "small")
    found = chooser(refusal, vocabulary)
    assert isinstance(found, Reading)
    assert (found.text, found.way, found.rules) == (refusal.text, "model", refusal.choices[1:])
    assert [a.prompt_tokens for a in chooser.taken()] == [100]
    assert chooser.taken() == []


def test_it_is_asked_for_the_likeliest_and_how_likely_that_is(vocabulary, refusal):
    chat = Chat(sentence(refusal.choices[0]))
    Chooser(chat, "small")(refusal, vocabulary)
    (request,) = chat.requests
    assert request.parameters["temperature"] == 0.0
    assert request.parameters["logprobs"] is True


def test_the_adapted_model_is_asked_with_names_and_quantities_as_plain_sentences_have_them(vocabulary):
    chat = Chat(NONE)
    Chooser(chat, "small")(read("a bump of the ball on the plate by 50 cm, ball and plate", vocabulary), vocabulary)
    for request in chat.requests:
        assert request.parameters["extra_body"] == ADAPTED
        assert "Ball" in request.messages[-1].content
        assert "0.5 m" in request.messages[-1].content


@pytest.mark.parametrize("certainty", [0.0, 0.5, 0.79, None])
def test_of_two_readings_an_unsure_choice_is_a_refusal_that_shows_it(vocabulary, refusal, certainty):
    one, _ = map(sentence, refusal.choices)
    found = Chooser(Chat(one, certainty=certainty), "small")(refusal, vocabulary)
    assert isinstance(found, Refusal)
    assert one in found.reason
    assert "certain to" in found.reason
    assert found.text == refusal.text


OPENS = "once Ball touches Plate → Door opens within 0.5 s"


@pytest.mark.parametrize(
    ("text", "said", "least"),
    [
        ("Ball bonks Plate so as to open Door", OPENS, 0.6),
        ("Ball bonks Plate so as to zonk and blarg and crump and fizz the Door", OPENS, 0.8),
        ("the round one bonks Plate: a hit more", "once Ball touches Plate → Board's hits goes up by 1", 0.8),
    ],
)
def test_the_surer_it_is_the_less_need_be_accounted_for(vocabulary, text, said, least):
    refusal = read(text, vocabulary)
    assert isinstance(refusal, Refusal)
    taken = [
        isinstance(Chooser(Chat(said, certainty=certainty), "small")(refusal, vocabulary), Reading)
        for certainty in (least - 0.01, least)
    ]
    assert taken == [False, True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ball bonks Plate so as to open Door by 30 cm", OPENS),
        ("Ball bonks Plate so as to open Door", "once Ball touches Plate → Door opens by 0.3 m within 0.5 s"),
        ("Ball bonks Plate so as not to open Door", "once Ball touches Plate → Door opens within 0.5 s"),
        ("Ball bonks Plate so as to open Door each time", OPENS),
        ("Ball bonks Plate so as to open Door", "once Ball touches Lamp → Door opens within 0.5 s"),
    ],
)
def test_what_cannot_be_said_otherwise_must_be_there_however_sure_it_is(vocabulary, text, said):
    refusal = read(text, vocabulary)
    assert isinstance(Chooser(Chat(said, certainty=1.0), "small")(refusal, vocabulary), Refusal)


def test_the_things_that_a_rule_could_mean_are_shown(vocabulary):
    chat = Chat(NONE)
    Chooser(chat, "small")(read("Ball bonks Plate so as to light that thing, hits up", vocabulary), vocabulary)
    assert (
        chat.requests[0]
        .messages[-1]
        .content.startswith("[Ball; Plate; Door; Lamp (on false); Board (hits 0, lives 3)]\n")
    )


def test_a_sentence_that_says_more_is_not_left_out(vocabulary):
    refusal = read("Ball bonks Plate so as to open Door. After 3 s turn on Lamp.", vocabulary)
    said = "once Ball touches Plate → Door opens within 3 s"
    found = Chooser(Chat(said), "small")(refusal, vocabulary)
    assert isinstance(found, Refusal)


@pytest.mark.parametrize("answer", ["", "sing a song", "once Ball touches", "import os", "→", "open Gate"])
def test_nonsense_is_a_refusal(vocabulary, refusal, answer):
    found = Chooser(Chat(answer), "small")(refusal, vocabulary)
    assert isinstance(found, Refusal)


def test_a_model_that_cannot_be_asked_is_told(vocabulary, refusal):
    with pytest.raises(ModelError, match="asleep"):
        Chooser(Chat(ModelError("timeout", "it is asleep", "wake it")), "small")(refusal, vocabulary)


def test_one_reading_is_asked_for_too_since_none_may_be_meant(vocabulary, refusal):
    only = Refusal(refusal.text, refusal.reason, choices=refusal.choices[:1])
    said = sentence(refusal.choices[0])
    assert isinstance(Chooser(Chat(said), "small")(only, vocabulary), Reading)
    assert Chooser(Chat(NONE), "small")(only, vocabulary) is only


def test_none_of_the_readings_is_an_answer(vocabulary, refusal):
    assert Chooser(Chat(NONE), "small")(refusal, vocabulary) is refusal


def test_what_is_none_of_the_readings_is_not_taken(vocabulary, refusal):
    other = "once Plate touches Ball → Door closes within 0.5 s"
    assert isinstance(Chooser(Chat(other), "small")(refusal, vocabulary), Refusal)


LOOSE = "Ball bumping Plate is what opens Door, that one touch being enough."


def test_a_plain_sentence_of_the_models_own_is_the_reading(vocabulary):
    found = read(LOOSE, vocabulary)
    assert isinstance(found, Refusal)
    said = "once Ball touches Plate → Door opens"
    taken = Chooser(Chat(said), "small")(found, vocabulary)
    assert isinstance(taken, Reading)
    assert (taken.text, taken.way) == (LOOSE, "model")
    assert taken.sentence == "once Ball touches Plate → Door opens within 0.5 s"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("once Ball touches Plate → Lamp turns on", "Door"),
        ("once Ball touches Plate → Door opens by 2 m", "2 is not said"),
        ("each time Ball touches Plate → Door opens", "each time"),
        ("as long as Ball touches Plate → Door opens", "as long as"),
        ("once Ball is not touching Plate → Door opens", "denied"),
        ("once Ball loses contact with Plate → Door opens", "loses contact"),
    ],
)
def test_a_sentence_that_does_not_account_for_the_rule_is_told_and_not_taken(vocabulary, said, missing):
    refusal = read(LOOSE, vocabulary)
    found = Chooser(Chat(said, certainty=0.79), "small")(refusal, vocabulary)
    assert isinstance(found, Refusal)
    assert missing in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "When Ball touches Plate, keep Door from opening",
        "Wenn Ball Plate berührt, öffne Door",
        "When Ball touches Plate, open Door sarcastically",
        "",
    ],
)
def test_what_no_reading_explains_is_not_asked(vocabulary, text):
    chat = Chat()
    found = read(text, vocabulary)
    assert isinstance(found, Refusal)
    assert Chooser(chat, "small")(found, vocabulary) is found
    assert chat.requests == []


@pytest.mark.parametrize(
    "text", ["When Elephant touches Plate, open Door", "When Ball touches Plate, defenestrate Door"]
)
def test_what_the_model_repeats_without_knowing_it_is_refused(vocabulary, text):
    found = read(text, vocabulary)
    said = text.replace("When ", "once ").replace(", ", " → ")
    assert isinstance(Chooser(Chat(said), "small")(found, vocabulary), Refusal)


def test_what_the_scene_forbids_is_not_asked():
    vocabulary = Vocabulary(room())
    found = read("When Ball touches Plate, move Box up by 1 m over 1 s", vocabulary)
    assert isinstance(found, Refusal)
    assert "moved by physics" in found.reason
    assert Chooser(Chat(), "small")(found, vocabulary) is found
