"""Speech that goes on without a cue: sentences in Konjunktiv, and with `sollen`, behind a statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.grammar import children, finite_of, has_feature
from kg.extract.parse import Token
from kg.extract.quotes.nesting import Around
from kg.extract.quotes.phrases import Range, make_statement
from kg.extract.reading import Reading
from kg.model import Statement

FORMS = {"konjunktiv": "indirect-free-indirect", "hearsay": "free-indirect"}


@dataclass(slots=True)
class Run:
    """Sentences that continue one statement in the same manner."""

    after: Statement | None
    rule: str
    low: int
    high: int


def extract_continued(
    reading: Reading, found: Sequence[Statement], summaries: Sequence[Statement]
) -> Iterator[Statement]:
    """Sentences that go on what somebody said; `summaries` are reports of speech that are followed up likewise."""
    run: Run | None = None
    last: Statement | None = None
    adjacent = False
    around = Around([*found, *summaries])
    for sent in reading.doc.sents:
        words = [t.i for t in sent if not t.is_space]
        if not words or words[0] not in reading.prose:
            continue
        own = _said_in(reading, around, words)
        rule = _manner(sent.root, adjacent=adjacent) if next(around.all_at(sent.root.idx), None) is None else ""
        if last is not None and not _same_paragraph(reading, last, words[0]):
            last = None
        goes_on = bool(rule) and (last is not None or rule == "konjunktiv")
        if run is not None and not (goes_on and rule == run.rule and adjacent):
            yield _close(reading, run)
            run = None
        if goes_on:
            run = run or Run(after=last, rule=rule, low=words[0], high=words[-1] + 1)
            run.high = words[-1] + 1
        else:
            last = own or last
        adjacent = goes_on or own is not None
    if run is not None:
        yield _close(reading, run)


def _said_in(reading: Reading, around: Around, words: Sequence[int]) -> Statement | None:
    """The last outermost statement in a sentence."""
    if not around.touches(reading.doc[words[0]].idx, reading.doc[words[-1]].idx + 1):
        return None
    for i in reversed(words):
        outer = list(around.all_at(reading.doc[i].idx))
        if outer:
            return outer[-1]
    return None


def _close(reading: Reading, run: Run) -> Statement:
    content: list[Range] = [(run.low, run.high)]
    medium = run.after.medium if run.after is not None else "speech-writing"
    new = make_statement(reading, content, form=FORMS[run.rule], rule=run.rule, medium=medium)
    return replace(new, speaker=run.after.speaker, speaker_spans=run.after.speaker_spans) if run.after else new


def _same_paragraph(reading: Reading, last: Statement, first: int) -> bool:
    return "\n\n" not in reading.article.text[last.content[-1].end : reading.doc[first].idx]


def _manner(root: Token, *, adjacent: bool) -> str:
    """How a sentence reports speech without a cue.

    By Konjunktiv I wherever it stands; next to a statement also by Konjunktiv II in the plural, which stands for it,
    and by sollen.
    """
    finite = finite_of(root)
    if has_feature(finite, "Mood", "Sub"):
        present = has_feature(finite, "Tense", "Pres")
        stands_in = has_feature(finite, "Number", "Plur") and finite.lemma_ != "sein"  # sie hätten, for sie haben
        return "konjunktiv" if present or (adjacent and stands_in) else ""
    modal = finite if finite.tag_ == "VMFIN" else next((c for c in children(root, "aux") if c.tag_ == "VMFIN"), None)
    if modal is None or modal.lemma_ != "sollen":
        return ""
    perfect = any(c.tag_ in ("VAINF", "VAPP") for c in root.children) and root.tag_ in ("VVPP", "VAPP")
    return "hearsay" if adjacent or perfect else ""
