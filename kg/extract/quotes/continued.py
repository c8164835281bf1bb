"""Speech that goes on without a cue: sentences in Konjunktiv, and with `sollen`, behind a statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.grammar import children, finite_of, has_feature
from kg.extract.quotes.nesting import Around
from kg.extract.quotes.phrases import Range, make_statement
from kg.extract.reading import Reading
from kg.model import Statement

NEAR = 400  # characters from the end of what was said last
FORMS = {"konjunktiv": "indirect-free-indirect", "hearsay": "free-indirect"}


@dataclass(slots=True)
class Run:
    """Sentences that continue one statement in the same manner."""

    after: Statement
    rule: str
    low: int
    high: int


def extract_continued(
    reading: Reading, found: Sequence[Statement], summaries: Sequence[Statement]
) -> Iterator[Statement]:
    """Sentences that go on what somebody said; `summaries` are reports of speech that are followed up likewise."""
    run: Run | None = None
    last: Statement | None = None
    around = Around([*found, *summaries])
    for sent in reading.doc.sents:
        words = [t.i for t in sent if not t.is_space]
        if not words or words[0] not in reading.prose:
            continue
        own = _said_in(reading, around, words)
        rule = _manner(sent.root) if next(around.all_at(sent.root.idx), None) is None else ""
        goes_on = bool(rule) and last is not None and _near(reading, last, run, words[0])
        if run is not None and not (goes_on and rule == run.rule):
            yield _close(reading, run)
            run = None
        if goes_on and last is not None:
            run = run or Run(after=last, rule=rule, low=words[0], high=words[-1] + 1)
            run.high = words[-1] + 1
        else:
            last = own
    if run is not None:
        yield _close(reading, run)


def _said_in(reading: Reading, around: Around, words: Sequence[int]) -> Statement | None:
    """The last outermost statement in a sentence."""
    for i in reversed(words):
        outer = list(around.all_at(reading.doc[i].idx))
        if outer:
            return outer[-1]
    return None


def _close(reading: Reading, run: Run) -> Statement:
    content: list[Range] = [(run.low, run.high)]
    new = make_statement(reading, content, form=FORMS[run.rule], rule=run.rule, medium=run.after.medium)
    return replace(new, speaker=run.after.speaker, speaker_spans=run.after.speaker_spans)


def _near(reading: Reading, last: Statement, run: Run | None, first: int) -> bool:
    at = reading.doc[first].idx
    end = last.content[-1].end if run is None else reading.doc[run.high - 1].idx
    return at - end < NEAR and "\n\n" not in reading.article.text[end:at].strip("\n ") + _gap(reading, first)


def _gap(reading: Reading, first: int) -> str:
    before = reading.doc[first - 1] if first else None
    return before.text if before is not None and before.is_space else ""


def _manner(root: Token) -> str:
    finite = finite_of(root)
    if has_feature(finite, "Mood", "Sub"):
        return "konjunktiv"
    if (finite.lemma_ == "sollen" and finite.tag_ == "VMFIN") or any(
        c.lemma_ == "sollen" for c in children(root, "aux")
    ):
        return "hearsay"
    return ""
