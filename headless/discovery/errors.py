"""What keeps a discovery from being done."""

from __future__ import annotations


class DiscoveryError(ValueError):
    """Labels, traces or a folder of a discovery that cannot be used; the message says what to do."""
