"""The parser on toy grammars."""

import pytest

from addon.rules.grammar import REJECT, Grammar, Parser, items_of
from addon.rules.lexer import Lattice
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary

ROOM = Vocabulary(room())


def readings(grammar, text, name="s"):
    return Parser(grammar, Lattice(text, ROOM)).readings(name)


def values(grammar, text):
    return [value for _, value in readings(grammar, text)]


def made(**phrases):
    """A grammar whose phrases are their own fields."""
    grammar = Grammar()
    for name, texts in phrases.items():
        grammar.add(name, texts, lambda fields: tuple(sorted(fields.items())) or "yes")
    return grammar


@pytest.mark.parametrize(
    ("phrase", "read_", "unread"),
    [
        ("go home", ["go home", "GO Home", "go the home", "go home."], ["go", "home go", "go home now"]),
        ("go (home|out)", ["go home", "go out"], ["go", "go home out"]),
        ("go [back] home", ["go home", "go back home"], ["go back"]),
        ("touch~ it", ["touches it", "touching it", "touched it", "touch it"], ["toucher it"]),
        ("touch~en it", ["touched it"], ["touches it"]),
        ("touch~fin it", ["touches it", "touched it", "touch it"], ["touching it"]),
        ("a -> b", ["a -> b"], ["a b"]),
        ("x GT y", ["x > y"], ["x GT y"]),
        ("go [[far] away]", ["go", "go away", "go far away"], ["go far"]),
        ("(a|b c) d", ["a d", "b c d"], ["b d"]),
    ],
)
def test_what_a_phrase_admits(phrase, read_, unread):
    grammar = made(s=phrase)
    for text in read_:
        assert values(grammar, text) == ["yes"], text
    for text in unread:
        assert values(grammar, text) == [], text


@pytest.mark.parametrize("phrase", ["(a", "a)", "[a|b", "a ]"])
def test_a_phrase_that_is_not_well_formed(phrase):
    with pytest.raises(ValueError, match="'"):
        items_of(phrase)


def test_names_quantities_and_fields_are_kept():
    grammar = made(s="{a:name} at {q:quantity}")
    ((_, value),) = readings(grammar, "Ball at 2 s")
    fields = dict(value)
    assert (fields["a"].name, fields["q"].value, fields["q"].dimension) == ("Ball", 2, "time")


def test_every_word_counts():
    grammar = made(s="{a:name} moves")
    assert values(grammar, "Ball moves quickly") == []
    assert values(grammar, "Quickly Ball moves") == []
    assert len(values(grammar, "the Ball moves .")) == 1


def test_all_readings_are_found_the_cheaper_first():
    grammar = Grammar()
    grammar.add("s", "a b", lambda f: "dear", cost=1.0)
    grammar.add("s", "a {x:rest}", lambda f: "cheap")
    grammar.add("rest", "b")
    assert readings(grammar, "a b") == [(0.0, "cheap"), (1.0, "dear")]


def test_one_meaning_in_two_ways_has_the_lower_cost():
    grammar = Grammar()
    grammar.add("s", "a b", lambda f: "same", cost=1.0)
    grammar.add("s", "a [b]", lambda f: "same", cost=0.25)
    assert readings(grammar, "a b") == [(0.25, "same")]


def test_costs_of_parts_add_up():
    grammar = Grammar()
    grammar.add("s", "{x:t} {y:t}", lambda f: f["x"] + f["y"], cost=0.5)
    grammar.add("t", "a", lambda f: "a", cost=0.25)
    assert readings(grammar, "a a") == [(1.0, "aa")]


def test_a_part_can_have_several_ends():
    grammar = Grammar()
    grammar.add("s", "{x:t} {y:t}", lambda f: (f["x"], f["y"]))
    grammar.add("t", "go [go]", lambda f: "t")
    grammar.add("t", "go go", lambda f: "two")
    assert set(values(grammar, "go go go")) == {("t", "t"), ("t", "two"), ("two", "t")}


def test_what_is_rejected_is_no_reading():
    grammar = Grammar()
    grammar.add("s", "{q:quantity}", lambda f: f["q"].value if f["q"].dimension == "time" else REJECT)
    assert values(grammar, "2 s") == [2.0]
    assert values(grammar, "2 m") == []


def test_a_phrase_may_hold_itself_on_the_right():
    grammar = Grammar()
    grammar.add("s", "go", lambda f: 1)
    grammar.add("s", "go {r:s}", lambda f: f["r"] + 1)
    assert values(grammar, "go go go go") == [4]


def test_a_phrase_that_begins_with_itself_ends():
    grammar = Grammar()
    grammar.add("s", "{r:s} go", lambda f: 1)
    grammar.add("s", "go", lambda f: 0)
    assert values(grammar, "go") == [0]


def test_how_far_it_got_is_known():
    parser = Parser(made(s="a b c"), Lattice("a b x", ROOM))
    assert parser.readings("s") == []
    assert parser.furthest == 4 or parser.lattice.text[parser.furthest :] in ("x", "b x", "a b x")
