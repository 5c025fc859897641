"""The local model: fetching its file and serving it on loopback."""

from .fetch import fetch
from .model import ADAPTED, FetchError, is_fetched, model_folder, model_path, status
from .server import LocalServer, ServerError

__all__ = [
    "ADAPTED",
    "FetchError",
    "LocalServer",
    "ServerError",
    "fetch",
    "is_fetched",
    "model_folder",
    "model_path",
    "status",
]
