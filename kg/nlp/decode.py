"""From scores to structures: dependency trees and entity spans."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def decode_tree(scores: Scores) -> NDArray[np.int64]:
    """The best tree with exactly one root.

    `scores[d, h]` is the score of head h for word d; h = 0 is the root, h = j + 1 word j. The greedy
    choice is taken where it is a tree already, else Chu and Liu (1965), Edmonds (1967) with each
    candidate root tried in the order of its score (at most five, so that long lists stay quick).
    """
    size = len(scores)
    scores = scores.astype(np.float64)
    scores[np.arange(size), np.arange(size) + 1] = -1e9
    heads = scores.argmax(1)
    roots = np.flatnonzero(heads == 0)
    if len(roots) == 1 and not _cycle(heads):
        return heads
    inner = scores[:, 1:].max(1) if size > 1 else np.zeros(size)
    candidates = np.argsort(inner - scores[:, 0], kind="stable")[:5]
    best, best_score = None, -np.inf
    for root in candidates:
        forced = scores.copy()
        forced[:, 0] = -1e9
        forced[root] = -1e9
        forced[root, 0] = 0.0
        tree = _edmonds(_square(forced))[1:]
        total = scores[np.arange(size), tree].sum()
        if total > best_score:
            best, best_score = tree, total
    assert best is not None
    return best


def _square(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    full = np.full((len(scores) + 1, len(scores) + 1), -1e9)
    full[1:] = scores
    return full


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    """Words (1-based) of one cycle, or nothing."""
    state = [0] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        path, node = [], start
        while node and not state[node]:
            state[node] = 1
            path.append(node)
            node = int(heads[node - 1])
        if node and state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _edmonds(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Maximum spanning arborescence from node 0; `scores[d, h]`."""
    np.fill_diagonal(scores, -1e18)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads[1:])
    if not cycle:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    gain = scores[np.ix_(members, outside)] - scores[members, heads[members]][:, None]
    entry = gain.argmax(0)
    small = np.full((len(outside) + 1, len(outside) + 1), -1e18)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = gain[entry, np.arange(len(outside))]
    leaving = scores[np.ix_(outside, members)].argmax(1)
    small[:-1, -1] = scores[outside, members[leaving]]
    tree = _edmonds(small)
    result = heads.copy()
    for new, old in enumerate(outside):
        if old:
            result[old] = members[leaving[new]] if tree[new] == len(outside) else outside[tree[new]]
    result[members[entry[tree[-1]]]] = outside[tree[-1]]
    return result


def decode_entities(scores: Scores, lengths: NDArray[np.int64], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Best tag sequences under the transitions `allowed[previous, next]` (Viterbi), for a padded batch.

    The last row of `allowed` says what may stand first.
    """
    batch, width, tags = scores.shape
    penalty = np.where(allowed, 0.0, -1e6).astype(np.float32)
    best = scores[:, 0] + penalty[-1]
    back = np.zeros((width, batch, tags), np.int32)
    final = best.copy()
    for t in range(1, width):
        paths = best[:, :, None] + penalty[None, :-1]
        back[t] = paths.argmax(1)
        best = paths.max(1) + scores[:, t]
        ending = lengths == t + 1
        final[ending] = best[ending]
    path = np.zeros((batch, width), np.int64)
    for b in range(batch):
        tag = int(final[b].argmax())
        for t in range(int(lengths[b]) - 1, -1, -1):
            path[b, t] = tag
            tag = int(back[t, b, tag])
    return path


def transitions(tags: tuple[str, ...]) -> NDArray[np.bool_]:
    """BIO: I-X only behind B-X or I-X. One row more than tags, for the start."""
    allowed = np.ones((len(tags) + 1, len(tags)), bool)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            allowed[:, j] = [before[2:] == tag[2:] and before != "O" for before in tags] + [False]
    return allowed
