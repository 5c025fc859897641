"""Encode, process, decode (Sanchez-Gonzalez et al. 2020): accelerations of objects from messages between neighbours."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from addon.perception.classes import CLASSES

from ..training import mixed_precision
from .geometry import gathered

NODE, EDGE, OUT = 32, 51, 7
"""Features of a node and of an edge; linear and angular acceleration, and how sure it is that the object rests."""


def perceptron(inputs: int, width: int, outputs: int, *, normed: bool = True) -> nn.Sequential:
    """Two hidden layers, as in the paper; normalised at the end unless told otherwise."""
    layers = [nn.Linear(inputs, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, outputs)]
    return nn.Sequential(*layers, *[nn.LayerNorm(outputs)] * normed)


class Block(nn.Module):
    """One step of message passing; only movers hear, and all their neighbours speak."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.message = perceptron(3 * width, width, width)
        self.update = perceptron(2 * width, width, width)

    def forward(self, nodes: Tensor, edges: Tensor, index: Tensor, near: Tensor) -> tuple[Tensor, Tensor]:
        """Nodes ``[B, N, W]`` and edges ``[B, M, K, W]`` after messages from ``index`` ``[B, M, K]`` where ``near``."""
        movers = nodes[:, : edges.shape[1]]
        ends = [edges, movers[:, :, None].expand_as(edges), gathered(nodes, index)]
        message = self.message(torch.cat([end.to(edges.dtype) for end in ends], -1))
        heard = (message * near[..., None]).sum(2)
        movers = movers + self.update(torch.cat([movers, heard], -1))
        return torch.cat([movers, nodes[:, edges.shape[1] :]], 1), edges + message


class GraphNetwork(nn.Module):
    """From features of nodes and edges to what movers do next, in units of ``scale`` and in their own frames.

    ``scale`` ``[4]`` are typical values in the training data: velocity, spin, and their changes, a frame. With
    ``classes`` nodes also tell their semantic class.
    """

    scale: Tensor

    def __init__(self, width: int = 128, blocks: int = 6, *, classes: bool = False) -> None:
        super().__init__()
        self.node, self.edge = perceptron(NODE, width, width), perceptron(EDGE, width, width)
        self.kind = nn.Embedding(len(CLASSES), width) if classes else None
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.decoder = perceptron(width, width, OUT, normed=False)
        # Before training it predicts that velocities stay.
        nn.init.zeros_(self.decoder[-1].weight)
        nn.init.zeros_(self.decoder[-1].bias)
        self.register_buffer("scale", torch.ones(4))

    def forward(self, node: Tensor, edge: Tensor, index: Tensor, near: Tensor, kind: Tensor) -> Tensor:
        """``[B, M, 7]`` from nodes ``[B, N, 32]``, edges ``[B, M, K, 51]``, their senders and classes ``[B, N]``."""
        with mixed_precision(node.device):
            nodes, edges = self.node(node), self.edge(edge)
            if self.kind is not None:
                nodes = nodes + self.kind(kind)
            for block in self.blocks:
                nodes, edges = block(nodes, edges, index, near)
            return self.decoder(nodes[:, : edge.shape[1]]).float()
