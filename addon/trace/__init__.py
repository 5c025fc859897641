"""The recorded rollout: arrays, contacts, events and files."""

from .chunks import TraceWriter
from .deformed import Deformed
from .errors import DiskFullError, TraceError
from .events import collision_events, contact_intervals
from .gaps import without_gaps
from .model import ContactColumns, Event, Trace, TraceMeta, VelocityScheme
from .reading import TraceFile, load_trace
from .recorder import Recorder
from .saving import save_trace

__all__ = [
    "ContactColumns",
    "Deformed",
    "DiskFullError",
    "Event",
    "Recorder",
    "Trace",
    "TraceError",
    "TraceFile",
    "TraceMeta",
    "TraceWriter",
    "VelocityScheme",
    "collision_events",
    "contact_intervals",
    "load_trace",
    "save_trace",
    "without_gaps",
]
