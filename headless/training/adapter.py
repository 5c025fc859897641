"""A low-rank adapter of the local model (LoRA), trained on a graphics card if there is one, and written as GGUF.

Needs the dependency group ``training``. One pass over all pairs takes some four hours on two cores, and two minutes
on a card.
"""

from __future__ import annotations

import math
import random
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from torch.nn.functional import cross_entropy
from transformers import AutoModelForCausalLM, AutoTokenizer

from addon.coder.chooser import question
from addon.models.local import model_path

from .pairs import Shown

RANK = 16
BATCH, WARM_UP, RATE, LONGEST, DROPPED = 32, 30, 3e-4, 320, 0.05
MATRICES = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
"""The matrices that are adapted, as the trainer and as GGUF name them."""

Encoded = tuple[list[int], list[int]]
"""Tokens of a question and of its answer."""
Progress = Callable[[float, float], None]
"""Hears the share of the training that is done and the mean loss of the last batches."""


def train(pairs: Sequence[Shown], out: Path, share: float, progress: Progress, start: Path | None = None) -> None:
    """Train on a share of the pairs, in their order, and write the adapter to ``out``. The model must be fetched.

    Goes on from the adapter ``start`` if there is one. Raises ValueError if that is none for this model.
    """
    torch.manual_seed(0)
    file, device = model_path(), "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
    base = AutoModelForCausalLM.from_pretrained(
        file.parent, gguf_file=file.name, dtype=torch.bfloat16, attn_implementation="eager"
    ).to(device)
    config = LoraConfig(
        r=RANK, lora_alpha=2 * RANK, target_modules=list(MATRICES), lora_dropout=DROPPED, task_type="CAUSAL_LM"
    )
    model = get_peft_model(base, config, autocast_adapter_dtype=False)
    model.train()
    if start:
        _load(model, start)
    encoded = [one for one in (_encoded(tokenizer, pair) for pair in pairs) if sum(map(len, one)) < LONGEST]
    batches = _batches(encoded)
    _fit(model, batches[: math.ceil(share * len(batches))], tokenizer.pad_token_id or 0, progress)
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        write_adapter(Path(folder) / "adapter_model.safetensors", out)


def _load(model: Any, start: Path) -> None:
    """Take over the tensors that `write_adapter` wrote."""
    try:
        stored = {tensor.name: np.array(tensor.data) for tensor in gguf.GGUFReader(start).tensors}
    except (OSError, ValueError) as problem:
        raise ValueError(f"{start} cannot be read as an adapter: {problem}") from None
    for place, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        name = _name(place)
        if name not in stored or stored[name].shape != tuple(parameter.shape):
            raise ValueError(f"{start} is no adapter of rank {RANK} for this model: it lacks {name}")
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(stored[name]))


def _encoded(tokenizer: Any, pair: Shown) -> Encoded:
    asked = question(pair.rule, pair.things)
    messages = "".join(f"<|im_start|>{one.role}\n{one.content}<|im_end|>\n" for one in asked)
    texts = f"{messages}<|im_start|>assistant\n", f"{pair.sentence}<|im_end|>"
    tokens, answer = (tokenizer(text, add_special_tokens=False).input_ids for text in texts)
    return tokens, answer


def _batches(encoded: list[Encoded]) -> list[list[Encoded]]:
    """Batches of pairs of like length, in an order by chance."""
    rng, found = random.Random(0), []
    for start in range(0, len(encoded), 20 * BATCH):
        part = sorted(encoded[start : start + 20 * BATCH], key=lambda one: sum(map(len, one)))
        some = [part[n : n + BATCH] for n in range(0, len(part), BATCH)]
        rng.shuffle(some)
        found += some
    return found


def _fit(model: Any, batches: Sequence[list[Encoded]], padding: int, progress: Progress) -> None:
    """AdamW on a single-precision copy of the adapter, with a warm start and a rate that falls as a cosine."""
    adapted = [p for p in model.parameters() if p.requires_grad]
    kept = [p.detach().float().clone().requires_grad_() for p in adapted]
    optimizer = torch.optim.AdamW(kept, lr=RATE, weight_decay=0.0, betas=(0.9, 0.98))
    inner, losses = model.base_model.model, []
    for number, batch in enumerate(batches):
        rate = RATE * min(1.0, (number + 1) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * number / len(batches)))
        optimizer.param_groups[0]["lr"] = max(rate, 1e-5)
        tokens, mask, wanted = (part.to(model.device) for part in _tensors(batch, padding))
        hidden = inner.model(input_ids=tokens, attention_mask=mask).last_hidden_state
        loss = cross_entropy(inner.lm_head(hidden[wanted >= 0]).float(), wanted[wanted >= 0])
        loss.backward()
        for mine, theirs in zip(kept, adapted, strict=True):
            mine.grad, theirs.grad = theirs.grad.float(), None
        torch.nn.utils.clip_grad_norm_(kept, 1.0)
        optimizer.step()
        with torch.no_grad():
            for mine, theirs in zip(kept, adapted, strict=True):
                theirs.copy_(mine)
        losses.append(loss.item())
        progress((number + 1) / len(batches), sum(losses[-10:]) / len(losses[-10:]))


def _tensors(batch: list[Encoded], padding: int) -> tuple[Any, Any, Any]:
    """Tokens, mask and wanted next tokens, each of shape (pairs, length); what need not be said is wanted as -100."""
    length = max(len(asked) + len(answer) for asked, answer in batch)
    tokens = torch.full((len(batch), length), padding)
    mask = torch.zeros((len(batch), length), dtype=torch.long)
    wanted = torch.full((len(batch), length), -100)
    for row, (asked, answer) in enumerate(batch):
        whole = len(asked) + len(answer)
        tokens[row, :whole] = torch.tensor(asked + answer)
        mask[row, :whole] = 1
        wanted[row, len(asked) - 1 : whole - 1] = torch.tensor(answer)
    return tokens, mask, wanted


def write_adapter(source: Path, out: Path) -> None:
    """Write the trainer's tensors as an adapter that llama.cpp reads, in half precision."""
    from safetensors.torch import load_file

    writer = gguf.GGUFWriter(out, "qwen2")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 2.0 * RANK)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    for name, tensor in _named(load_file(source).items()):
        writer.add_tensor(name, tensor.float().numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _named(tensors: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((_name(place), tensor) for place, tensor in sorted(tensors, key=lambda one: one[0]))


def _name(place: str) -> str:
    """What GGUF calls a tensor of the trainer."""
    layer, matrix, which = re.findall(r"layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])\.(?:default\.)?weight", place)[0]
    return f"blk.{layer}.{MATRICES[matrix]}.weight.lora_{which.lower()}"
