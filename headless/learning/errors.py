"""What cannot be learned from, trained or read."""


class LearningError(ValueError):
    """What cannot be trained or read; the message says what, and what to do."""
