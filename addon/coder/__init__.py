"""From a scene graph, rules and a goal to a transition script."""

from .chat import ChatAnswer, ChatClient, ChatRequest, Message, OpenAIChat, Patience
from .fenced import extract_code
from .models import Attempt, Coder, CoderError, CodingRequest, CodingResult, OnText
from .record import RecordingClient, ReplayClient, request_key
from .repair import Repaired, code_until_runs
from .rule_coder import RuleCoder
from .script_file import ScriptFile
from .template import TemplateCoder
from .whole_coder import WholeCoder

__all__ = [
    "Attempt",
    "ChatAnswer",
    "ChatClient",
    "ChatRequest",
    "Coder",
    "CoderError",
    "CodingRequest",
    "CodingResult",
    "Message",
    "OnText",
    "OpenAIChat",
    "Patience",
    "RecordingClient",
    "Repaired",
    "ReplayClient",
    "RuleCoder",
    "ScriptFile",
    "TemplateCoder",
    "WholeCoder",
    "code_until_runs",
    "extract_code",
    "request_key",
]
