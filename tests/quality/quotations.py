"""Scores statements against the German Wikinews quotations (Petersen-Frey and Biemann, LREC-COLING 2024).

What it does is what the authors' scorer does (`eval_quotes.py`, repository uhh-lt/seq2seq-quotation-attribution):

- A quotation is five sets of the data's own tokens: message (content), speaker, cue, frame, addressee. A token belongs
  to a span of `kg` if the two share a character.
- In each article found and gold quotations are matched one to one, so that the sum of the F1 over their message tokens
  is greatest; same form adds 0.01 and same medium 0.001, which breaks ties. (There, what shares no token may still be
  matched, and its roles compared; here it never is.)
- Each pair, and each quotation without a partner, gives a precision of every part for which something was found and a
  recall of every part for which gold has something. Precision and recall are the means of these, F1 is theirs; `joint`
  takes the means over the values of all five parts together.
- With nested quotations left out, those that gold marks `isNested` and those that `kg` says are `nested_in` another are
  taken away before matching.

`form` scores are those of the message for the quotations that have the form: in gold for recall, as found for precision.

python -m tests.quality.quotations FOUND.jsonl [dev|train] [NUMBER OF ARTICLES]
"""

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import networkx as nx

SHARED = Path(__file__).parents[3] / "shared"
QUOTES = SHARED / "data" / "quotes"
ROLES = ("speaker", "cue", "frame", "addressee")
PARTS = ("message", *ROLES)
FORMS = ("Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect")
FORM = {form.casefold(): form for form in FORMS}
MEDIUM = {
    "speech": "Speech", "thought": "Thought", "writing": "Writing",
    "speech-thought": "ST", "speech-writing": "SW", "thought-writing": "TW",
}  # fmt: skip
SAME_FORM, SAME_MEDIUM = 0.01, 0.001

Json = Mapping[str, Any]
Scores = dict[str, float]  # percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The token numbers of each part of a quotation."""

    parts: Mapping[str, frozenset[int]]
    form: str
    medium: str
    nested: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold quotation and the one that was found for it; one of the two may be lacking."""

    gold: Quotation | None
    found: Quotation | None

    def precision(self, part: str) -> float | None:
        """Share of the found tokens that are right, None where nothing was found."""
        return _share(self.found, self.gold, part)

    def recall(self, part: str) -> float | None:
        """Share of the gold tokens that were found, None where there are none."""
        return _share(self.gold, self.found, part)


def _share(of: Quotation | None, other: Quotation | None, part: str) -> float | None:
    if of is None or not of.parts[part]:
        return None
    return len(of.parts[part] & other.parts[part]) / len(of.parts[part]) if other is not None else 0.0


def read_quotations(part: str, limit: int | None = None) -> list[Json]:
    """The articles of `dev` or `train` as the data has them, the first `limit`."""
    with gzip.open(QUOTES / f"wikinews-{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, limit)]


def render_inputs(articles: Iterable[Json]) -> Iterator[str]:
    """The texts as JSON lines that `kg annotate` reads."""
    for article in articles:
        name = article["documentName"]
        yield json.dumps({"id": name, "text": article["originalText"], "title": name}, ensure_ascii=False) + "\n"


def score_statements(gold: Iterable[Json], found: Iterable[Json], *, nested: bool) -> Scores:
    """F1 of every part, joint F1 and message F1 of every form; `found` are objects as `kg annotate` prints them."""
    by_name = {item["article"]["id"]: item["statements"] for item in found}
    pairs = [
        p for article in gold for p in match_article(article, by_name.get(article["documentName"], ()), nested=nested)
    ]
    return summarise(pairs)


def match_article(article: Json, statements: Iterable[Json], *, nested: bool) -> list[Pair]:
    """The pairs of one article, those without a partner last."""
    gold = [_of_gold(annotation) for annotation in article["annotations"]]
    own = [_of_statement(statement, article["tokens"]) for statement in statements]
    return _match([q for q in gold if nested or not q.nested], [q for q in own if nested or not q.nested])


def _of_gold(annotation: Json) -> Quotation:
    parts = {role: frozenset(annotation[role]["tokenIds"]) for role in ROLES}
    return Quotation(
        parts={"message": frozenset(annotation["quote"]["tokenIds"]), **parts},
        form=annotation["type"],
        medium=annotation["medium"],
        nested=annotation["isNested"],
    )


def _of_statement(statement: Json, tokens: Sequence[Json]) -> Quotation:
    spans = {"message": statement["content"], "cue": statement["cue"]}
    spans |= {role: statement[f"{role}_spans"] for role in ROLES if role != "cue"}
    return Quotation(
        parts={part: _tokens_in(spans[part], tokens) for part in PARTS},
        form=FORM[statement["form"].replace("-", "")],
        medium=MEDIUM[statement["medium"]],
        nested=statement["nested_in"] is not None,
    )


def _tokens_in(spans: Sequence[Json], tokens: Sequence[Json]) -> frozenset[int]:
    return frozenset(
        t["id"] for t in tokens if any(t["charBegin"] < s["end"] and s["start"] < t["charEnd"] for s in spans)
    )


def _match(gold: Sequence[Quotation], found: Sequence[Quotation]) -> list[Pair]:
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            overlap = _overlap(g.parts["message"], f.parts["message"])
            if overlap:
                bonus = SAME_FORM * (g.form == f.form) + SAME_MEDIUM * (g.medium == f.medium)
                graph.add_edge(("gold", i), ("found", j), weight=overlap + bonus)
    matched = [tuple(sorted(edge)) for edge in nx.max_weight_matching(graph)]
    pairs = [Pair(gold[i], found[j]) for (_, j), (_, i) in sorted(matched)]
    alone = {i for _, (_, i) in matched}, {j for (_, j), _ in matched}
    pairs.extend(Pair(g, None) for i, g in enumerate(gold) if i not in alone[0])
    pairs.extend(Pair(None, f) for j, f in enumerate(found) if j not in alone[1])
    return pairs


def _overlap(a: frozenset[int], b: frozenset[int]) -> float:
    return 2 * len(a & b) / ((len(a) + len(b)) or 1)


def summarise(pairs: Sequence[Pair]) -> Scores:
    """Mean precision and recall of every part as F1."""
    values: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for pair in pairs:
        for part in PARTS:
            for name in (part, "joint"):
                _note(values[name], pair.precision(part), pair.recall(part))
        _note(values[pair.found.form if pair.found else ""], pair.precision("message"), None)
        _note(values[pair.gold.form if pair.gold else ""], None, pair.recall("message"))
    return {name: f1(*values[name]) for name in (*PARTS, "joint", *FORMS)}


def _note(to: tuple[list[float], list[float]], precision: float | None, recall: float | None) -> None:
    for values, value in zip(to, (precision, recall), strict=True):
        if value is not None:
            values.append(value)


def f1(precision: Sequence[float], recall: Sequence[float]) -> float:
    """F1 of the means, percent; 0 where there is nothing."""
    p = sum(precision) / len(precision) if precision else 0.0
    r = sum(recall) / len(recall) if recall else 0.0
    return 100 * 2 * p * r / (p + r) if p + r else 0.0


def main(path: str, part: str = "dev", limit: str | None = None) -> int:
    """Print the scores of a file that `kg annotate` wrote."""
    gold = read_quotations(part, int(limit) if limit else None)
    found = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    for nested in (False, True):
        scores = score_statements(gold, found, nested=nested)
        line = " ".join(f"{name} {value:.1f}" for name, value in scores.items())
        sys.stdout.write(f"{'all' if nested else 'nested left out'}: {line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
