"""From scores to structures: dependency trees and entity spans."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Weights = NDArray[np.float64]
Heads = NDArray[np.int64]

NEVER = -1e9
CANDIDATES = 5  # roots tried, so that long lists stay quick


def decode_tree(scores: Scores) -> Heads:
    """The best tree with exactly one root.

    `scores[d, h]` is the score of head h for word d; h = 0 is the root, h = j + 1 word j. The greedy
    choice is taken where it is a tree already, else Chu and Liu (1965), Edmonds (1967) with the
    likeliest roots tried in turn.
    """
    weights = scores.astype(np.float64)
    words = np.arange(len(weights))
    weights[words, words + 1] = NEVER
    heads: Heads = weights.argmax(1)
    if np.count_nonzero(heads == 0) == 1 and not _cycle(heads):
        return heads
    loss = weights[:, 1:].max(1) - weights[:, 0]
    roots = np.argsort(loss, kind="stable")[:CANDIDATES]
    trees = [_rooted_tree(weights, int(root)) for root in roots]
    return max(trees, key=lambda tree: float(weights[words, tree].sum()))


def _rooted_tree(weights: Weights, root: int) -> Heads:
    """The best tree of which `root` is the root."""
    square = np.full((len(weights) + 1, len(weights) + 1), NEVER)
    square[1:, 1:] = weights[:, 1:]
    square[root + 1] = NEVER
    square[root + 1, 0] = 0.0
    return _edmonds(square)[1:]


def _cycle(heads: Heads) -> list[int]:
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


def _edmonds(scores: Weights) -> Heads:
    """Maximum spanning arborescence from node 0; `scores[d, h]`."""
    np.fill_diagonal(scores, -1e18)
    heads: Heads = scores.argmax(1)
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
    for new, old in enumerate(outside):
        if old:
            heads[old] = members[leaving[new]] if tree[new] == len(outside) else outside[tree[new]]
    heads[members[entry[tree[-1]]]] = outside[tree[-1]]
    return heads


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
