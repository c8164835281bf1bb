"""Lemma scripts: how a form becomes its lemma, as a class that a network can choose.

A script is `casing|cut|add`: make the first letter lower or upper or leave it, cut so many letters
off the end, add these. What no script of the training data covers, the lexicon does.
"""


def lemma_script(form: str, lemma: str) -> str:
    """The script that turns `form` into `lemma`."""
    if not lemma or lemma == "_":
        return ""
    casing, base = "=", form
    if form[:1] != lemma[:1] and form[:1].lower() == lemma[:1].lower():
        casing = "l" if lemma[:1].islower() else "u"
        base = _recase(form, casing)
    common = 0
    for a, b in zip(base, lemma, strict=False):
        if a != b:
            break
        common += 1
    return f"{casing}|{len(base) - common}|{lemma[common:]}"


def apply_script(form: str, script: str) -> str | None:
    """The lemma, or None when the script does not fit the form."""
    casing, cut, add = script.split("|", 2)
    if int(cut) > len(form):
        return None
    base = _recase(form, casing)
    return base[: len(base) - int(cut)] + add or None


def _recase(form: str, casing: str) -> str:
    if casing == "l":
        return form[:1].lower() + form[1:]
    if casing == "u":
        return form[:1].upper() + form[1:]
    return form
