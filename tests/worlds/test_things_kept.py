"""Code is kept by nouns and hashes, and no noun leads out of the folder."""

import pytest

from addon.worlds.errors import WorldError
from addon.worlds.things_kept import KeptThings


@pytest.mark.parametrize("noun", ["zorb", "merry-go-round", "../../zorb", "", "Zorb of glass"])
def test_what_is_kept_is_found_within_the_folder(noun, tmp_path):
    kept = KeptThings(tmp_path / "things")
    assert kept.find(noun) is None
    path = kept.keep(noun, "code\n")
    assert path.resolve().is_relative_to(tmp_path / "things")
    assert kept.find(noun) == "code\n"
    assert kept.keep(noun, "code\n") == path
    assert kept.keep(noun, "other\n") != path


def test_a_file_that_is_no_text_is_told(tmp_path):
    kept = KeptThings(tmp_path)
    kept.keep("zorb", "code").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(WorldError, match="holds no text"):
        kept.find("zorb")
