"""The job folder and the closed loop from scene to report."""

from .folder import FolderError, JobError, JobFolder, make_folder
from .outcomes import RuleOutcome
from .rollout import Rollout, RolloutOptions, rollout
from .run import Job, check_request, run_job
from .spec import JobResult, JobSpec, Progress, ScriptFate, counting, digests

__all__ = [
    "FolderError",
    "Job",
    "JobError",
    "JobFolder",
    "JobResult",
    "JobSpec",
    "Progress",
    "Rollout",
    "RolloutOptions",
    "RuleOutcome",
    "ScriptFate",
    "check_request",
    "counting",
    "digests",
    "make_folder",
    "rollout",
    "run_job",
]
