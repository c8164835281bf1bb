"""How large the activations of the network become, so that 8 bits suffice for them.

In most feed-forward layers a single hidden unit answers the mark at the beginning of the text ten times as strongly
as any unit answers any word; quantised together with it, all others lose their digits. What a few units have
beyond the rest is therefore multiplied apart (as in LLM.int8, Dettmers et al. 2022).
"""

from collections.abc import Iterable

import torch
from torch import Tensor

from kg.training.batches import Batch
from kg.training.encoder import Encoder, Layer


def measure_peaks(encoder: Encoder, batches: Iterable[Batch]) -> list[Tensor]:
    """The largest absolute value of every hidden unit of every feed-forward layer over the batches."""
    peaks = [torch.full((layer.inner.out_features,), 1e-6) for layer in encoder.layers]
    encoder.eval()
    for batch in batches:
        with torch.no_grad():
            states, _ = encoder.embed(batch.pieces, batch.mask)
        raise_peaks(encoder.layers, states, batch.mask, peaks)
    return peaks


@torch.no_grad()
def raise_peaks(layers: Iterable[Layer], x: Tensor, mask: Tensor, peaks: list[Tensor]) -> None:
    """Raise the largest values of each layer to those over one batch; `x` is what the first layer is given."""
    bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask == 0, -1e4)[:, None, None]
    for number, layer in enumerate(layers):
        x = layer.attend(x, bias)
        hidden = layer.expand(x)
        found = hidden.abs().masked_fill(mask.unsqueeze(-1) == 0, 0.0).amax((0, 1))
        peaks[number] = torch.maximum(peaks[number], found)
        x = layer.contract(x, hidden)
