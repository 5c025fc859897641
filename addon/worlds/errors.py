"""What cannot be made into a world."""


class WorldError(ValueError):
    """A sentence or a plan that no world can be made of; the message names the word or the thing, and what to do."""


class SentenceError(WorldError):
    """A sentence that no plan can be made of; the message names the word and what is near it."""


class CountError(SentenceError):
    """A ``number`` of things that cannot be."""

    def __init__(self, problem: str, number: str) -> None:
        super().__init__(f"{problem}, not {number}")
        self.number = number


class EditError(WorldError):
    """Words that change nothing in a plan; the message says which, and what can be said."""
