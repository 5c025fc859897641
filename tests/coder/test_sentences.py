from addon.coder.sentences import PER_SHAPE, nearest_sentences, sentence_library, terms

NAMES = ["Ball", "Plate", "Blue Ball", "Door", "Lamp"]


def test_names_and_figures_do_not_count_as_words():
    one = terms("When Blue Ball hits Plate, raise Door by 0.5 m", NAMES)
    assert one == terms("When Lamp hits Ball, raise Plate by 2 m", NAMES)
    assert "blue" not in one


def test_units_and_vectors_count():
    assert terms("Door up 0.5 m", NAMES) != terms("Door up 0.5 s", NAMES)
    assert "VECTOR" in terms("Ball gets (1, 0, 2) m/s", NAMES)


def test_the_nearest_come_last_and_no_kind_fills_the_places():
    shown = nearest_sentences("whenever Ball bumps into Plate, flip Lamp", NAMES, 6)
    assert len(shown) == 6
    assert "bumps into" in shown[-1].rule
    assert any(one.sentence.startswith("each time ") and one.sentence.endswith(" toggles") for one in shown)
    assert all(sum(other.shape == one.shape for other in shown) <= PER_SHAPE for one in shown)


def test_names_do_not_change_what_is_nearest():
    one = nearest_sentences("whenever Ball bumps into Plate, flip Lamp", NAMES, 6)
    assert one == nearest_sentences("whenever Door bumps into Blue Ball, flip Plate", NAMES, 6)


def test_every_example_has_a_plain_sentence_with_its_names():
    for one in sentence_library():
        assert " → " in one.sentence or one.sentence == "none of these"
        assert one.rule.strip() == one.rule
        if one.names:
            assert all(name.lower() in one.rule.lower() for name in one.names), one
