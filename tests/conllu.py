"""What CoNLL-U asks of a file (https://universaldependencies.org/format.html), as far as it concerns one sentence."""

from collections.abc import Iterator

Row = list[str]
UPOS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())


def find_faults(conllu: str) -> list[str]:
    """Everything that is wrong with a file; nothing is wrong with an empty one."""
    if not conllu:
        return []
    faults = [] if conllu.endswith("\n\n") else ["no empty line at the end"]
    for number, block in enumerate(conllu.removesuffix("\n\n").split("\n\n"), 1):
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("# ")]
        rows = [line.split("\t") for line in lines[len(comments) :]]
        faults += [f"sentence {number}: {fault}" for fault in (*_find_in_rows(rows), *_find_in_text(comments, rows))]
    return faults


def _find_in_rows(rows: list[Row]) -> Iterator[str]:
    if any(len(row) != 10 for row in rows):
        yield "a line has not ten columns"
        return
    for row in rows:
        if any(not column or column != " ".join(column.split()) for column in row):
            yield f"a column is empty or has white space at its ends or of other kinds: {row}"
    words = [row for row in rows if "-" not in row[0]]
    if [row[0] for row in words] != [str(n) for n in range(1, len(words) + 1)]:
        yield "ids are not consecutive"
        return
    yield from _find_in_ranges(rows)
    yield from (f"no class: {row[3]}" for row in words if row[3] not in UPOS)
    yield from _find_in_tree(words)


def _find_in_ranges(rows: list[Row]) -> Iterator[str]:
    until = 0
    for at, row in enumerate(rows):
        if "-" not in row[0]:
            continue
        first, last = map(int, row[0].split("-"))
        if not until < first < last or rows[at + 1][0] != str(first) or str(last) not in {r[0] for r in rows}:
            yield f"range {row[0]} is none"
        if row[2:9] != ["_"] * 7:
            yield f"range {row[0]} has what only words have"
        until = last


def _find_in_tree(words: list[Row]) -> Iterator[str]:
    heads = [int(row[6]) for row in words]
    if any(not 0 <= head <= len(words) for head in heads):
        yield "a head is out of range"
        return
    if heads.count(0) != 1:
        yield f"{heads.count(0)} roots"
    if any((row[7] == "root") != (row[6] == "0") for row in words):
        yield "a root is not called so, or what is called so is none"
    for start in range(1, len(words) + 1):
        at, steps = start, 0
        while at and steps <= len(words):
            at, steps = heads[at - 1], steps + 1
        if at:
            yield f"word {start} is in a circle"


def _find_in_text(comments: list[str], rows: list[Row]) -> Iterator[str]:
    text = next((line.removeprefix("# text = ") for line in comments if line.startswith("# text = ")), None)
    shown, until = "", 0
    for row in rows:
        if "-" in row[0]:
            until = int(row[0].partition("-")[2])
        elif int(row[0]) <= until:
            continue
        shown += row[1] + ("" if row[9] == "SpaceAfter=No" else " ")
    if shown.strip() != text:
        yield f"the words are {shown.strip()!r}, the text is {text!r}"
