"""What an evaluation's folder was asked for, so that worlds of two requests are never counted together."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from addon.jobs import FolderError
from addon.scene_graph import write_text

from ...evaluation.run import check_folder

ASKED, RESULTS = "evaluation.json", "results.json"

ONE_SHOT = ", one shot"
"""How the coder of results is named where the baseline made them."""


class Asked(BaseModel):
    """The request behind an evaluation's folder."""

    model_config = ConfigDict(frozen=True)

    coder: str
    seed: int
    without: tuple[str, ...] = ()
    one_shot: bool = False

    @property
    def maker(self) -> str:
        """The coder as results name it."""
        return f"{self.coder}{ONE_SHOT}" if self.one_shot else self.coder

    def check(self, folder: Path) -> None:
        """Raise FolderError if this cannot begin in a folder, or go on in it; writes nothing."""
        check_folder(folder, resume=True)
        before = _asked(folder)
        if before is None and folder.exists() and any(not p.name.startswith(".") for p in folder.iterdir()):
            raise FolderError(f"{folder} holds other files; choose an empty or new folder with --out")
        if before is not None and before != self:
            raise FolderError(
                f"{folder} holds another evaluation: another coder, seed or baseline, or other stages left out; choose "
                "another with --out"
            )

    def write(self, folder: Path) -> None:
        """Keep it in its folder."""
        write_text(folder / ASKED, self.model_dump_json(indent=1) + "\n")


class _Results(BaseModel):
    """What results tell of their request."""

    benchmark: Literal["worlds"]
    coder: str
    seed: int
    without: tuple[str, ...]


def _asked(folder: Path) -> Asked | None:
    """What a folder was asked for, by its results where nothing else tells it; None for one of no evaluation. Raises
    FolderError for one of which that cannot be read."""
    path = folder / ASKED if (folder / ASKED).exists() else folder / RESULTS
    if not path.exists():
        return None
    try:
        if path.name == ASKED:
            return Asked.model_validate_json(path.read_bytes())
        told = _Results.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise FolderError(f"{path} is not that of an evaluation of worlds; choose another folder with --out") from None
    coder, one_shot = told.coder.removesuffix(ONE_SHOT), told.coder.endswith(ONE_SHOT)
    return Asked(coder=coder, seed=told.seed, without=told.without, one_shot=one_shot)
