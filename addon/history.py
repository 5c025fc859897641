"""The rules of a scene as they were said one change after the other, to be stepped back through."""

from __future__ import annotations

from dataclasses import dataclass, replace

Rules = tuple[str, ...]

MOST = 100
"""Lists that a history keeps."""


@dataclass(frozen=True)
class History:
    """Lists of rules, of which that at ``at`` stands; those behind it were undone. At least one list."""

    lists: tuple[Rules, ...]
    at: int = 0

    @classmethod
    def of(cls, rules: Rules) -> History:
        """A history that begins with these rules."""
        return cls((tuple(rules),))

    @property
    def rules(self) -> Rules:
        """The rules that stand."""
        return self.lists[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is a list before this one."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a list was undone."""
        return self.at + 1 < len(self.lists)

    def then(self, rules: Rules) -> History:
        """The history with other rules, in place of what was undone; itself if they are the same."""
        if rules == self.rules:
            return self
        lists = (*self.lists[: self.at + 1], tuple(rules))[-MOST:]
        return History(lists, len(lists) - 1)

    def undone(self, steps: int = 1) -> History:
        """Some changes back, as far as there are any."""
        return replace(self, at=max(0, self.at - steps))

    def redone(self, steps: int = 1) -> History:
        """Some undone changes forward, as far as there are any."""
        return replace(self, at=min(len(self.lists) - 1, self.at + steps))
