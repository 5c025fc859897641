import pytest

torch = pytest.importorskip("torch", reason="the group 'training' is not installed")
pytest.importorskip("peft", reason="the group 'training' is not installed")

from safetensors.torch import save_file  # noqa: E402

from headless.training.adapter import _load, write_adapter  # noqa: E402

PLACE = "base_model.model.model.layers.9.self_attn.q_proj.lora_{}.weight"
TENSORS = {PLACE.format("A"): torch.arange(32.0).reshape(16, 2), PLACE.format("B"): torch.ones(3, 16)}


class Adapted:
    def __init__(self, rows: int) -> None:
        self.a, self.b = torch.nn.Parameter(torch.zeros(16, 2)), torch.nn.Parameter(torch.zeros(rows, 16))

    def named_parameters(self):
        yield "base_model.model.model.layers.9.self_attn.q_proj.lora_A.default.weight", self.a
        yield "base_model.model.model.layers.9.self_attn.q_proj.lora_B.default.weight", self.b


@pytest.fixture
def written(tmp_path):
    save_file(TENSORS, tmp_path / "adapter.safetensors")
    write_adapter(tmp_path / "adapter.safetensors", tmp_path / "adapter.gguf")
    return tmp_path / "adapter.gguf"


def test_training_goes_on_from_what_was_written(written):
    model = Adapted(3)
    _load(model, written)
    assert torch.equal(model.a, TENSORS[PLACE.format("A")])
    assert torch.equal(model.b, TENSORS[PLACE.format("B")])


def test_an_adapter_of_another_shape_is_refused(written):
    with pytest.raises(ValueError, match=r"no adapter of rank 16 for this model: it lacks blk.9.attn_q"):
        _load(Adapted(4), written)


def test_what_is_no_adapter_is_refused(tmp_path):
    (tmp_path / "none.gguf").write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be read as an adapter"):
        _load(Adapted(3), tmp_path / "none.gguf")
