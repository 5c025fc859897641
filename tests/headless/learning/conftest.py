"""Networks on the processor, in one thread: two processes of tests with all cores each take turns badly."""

import pytest


@pytest.fixture(scope="package", autouse=True)
def one_thread():
    try:
        import torch
    except ImportError:
        yield
        return
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
