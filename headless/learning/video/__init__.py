"""A latent video diffusion model, the baseline "Video-LDM" of Code as Dynamics (Section IV-B, Table I).

It learns videos of machines from pixels alone, and goes on with one from its first four frames.
"""

from .model import VideoModel, load, rollout
from .train import train

__all__ = ["VideoModel", "load", "rollout", "train"]
