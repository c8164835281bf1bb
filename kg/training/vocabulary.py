"""A smaller piece vocabulary: what German text and international names use of the multilingual one.

Pieces are kept by how often they occur in a corpus; every single character stays, so that nothing
becomes unknown that was not before. The order of ids is the order of the original vocabulary.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

from kg.nlp.encoder import MARK

SPECIAL = 4  # <s> <pad> </s> <unk>


def count_pieces(tokenizer: Tokenizer, word_counts: Counter[str]) -> Counter[int]:
    """How often each piece occurs when every word is cut with and, a tenth as often, without a space before it."""
    words = list(word_counts)
    counts: Counter[int] = Counter()
    for prefix, weight in ((MARK, 10), ("", 1)):
        for start in range(0, len(words), 50_000):
            batch = words[start : start + 50_000]
            for word, found in zip(batch, tokenizer.encode_batch([prefix + w for w in batch]), strict=True):
                for piece in found.ids:
                    counts[piece] += word_counts[word] * weight
    return counts


def bare_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of the encoder without its pre-tokeniser: words come cut, `MARK` is put before."""
    spec = json.loads(path.read_text(encoding="utf-8"))
    spec["pre_tokenizer"] = None
    spec["normalizer"] = {"type": "NFKC"}
    return Tokenizer.from_str(json.dumps(spec))


def prune(spec_path: Path, word_counts: Counter[str], size: int) -> tuple[str, list[int]]:
    """The pruned tokenizer as JSON and the ids kept, in their new order."""
    spec = json.loads(spec_path.read_text(encoding="utf-8"))
    spec["pre_tokenizer"], spec["normalizer"] = None, {"type": "NFKC"}
    pieces = spec["model"]["vocab"]
    counts = count_pieces(bare_tokenizer(spec_path), word_counts)
    kept = set(range(SPECIAL))
    kept |= {i for i, (piece, _) in enumerate(pieces) if len(piece) == 1 and ord(piece) < 0x2E80}
    for piece, _ in counts.most_common():
        if len(kept) >= size:
            break
        kept.add(piece)
    order = sorted(kept)
    spec["model"]["vocab"] = [pieces[i] for i in order]
    return json.dumps(spec, ensure_ascii=False, indent=None), order


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Frequencies of the strings between white space, with punctuation cut off the ends as well."""
    counts: Counter[str] = Counter()
    for text in texts:
        for word in text.split():
            counts[word.strip(".,;:!?()[]\"'„“”»«…–-") or word] += 1
    return counts
