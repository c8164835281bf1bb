"""Who speaks a text that is a speech: its author, whom the first person outside all quotations means.

A reporter who says `wir` once gives no speech, and an interview has two who say `ich`: there nobody is linked.
"""

import re

from kg.knowledge import Knowledge
from kg.model import Mention
from kg.resolve.links import Links
from kg.spans import SpanIndex
from kg.vocab import slug

FIRST = ("ich", "wir", "uns", "unser", "mein", "mir", "mich")
ENOUGH = 3  # first persons outside quotations that make a speech
QUESTIONS = 3  # paragraphs that end with a question make an interview, if they are many
SHARE = 0.25  # of all paragraphs
TITLE = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}\.(-[A-Za-z]+\.?)*|[a-z]\.")  # Dr., Dipl.-Ing., h. c.; but not the J. of a name
SEVERAL = re.compile(r"\s(?:und|and)\s|[/;&|@\d]")


def link_author(links: Links) -> None:
    """Link the first persons outside all statements to the author, where the article is a speech."""
    article = links.extraction.article
    first = [m for m in links.extraction.mentions if is_first_person(m)]
    authors = {m.key for m in first}  # what he reports of himself (wir verlangen ...) is his as well
    others = (s for s in links.extraction.statements if s.speaker not in authors)
    said = SpanIndex((span, statement) for statement in others for span in statement.content)
    own = [m for m in first if not any(True for _ in said.covering(m.span))]
    if len(own) < ENOUGH or _is_interview(article.text):
        return
    name = author_name(links.knowledge, article.author or "")
    if name is None:
        return
    entity = _known_person(links.knowledge, name) or f"person-{slug(name)}"
    for mention in own:
        links.link(mention, entity, f"first person in a speech of its author {name}", type="Person", label=name)


def is_first_person(mention: Mention) -> bool:
    """Whether a mention is ich, wir or a form of them."""
    return mention.kind == "pronoun" and mention.text.lower().startswith(FIRST)


def author_name(knowledge: Knowledge, author: str) -> str | None:
    """The full name of the only author, without titles, office and party; None if no person is named.

    "Dr. h. c. Mira Ott (SPD)", "Von Mira Ott", "Mira Ott, Ministerin" are all Mira Ott.
    """
    name, _, behind = re.sub(r"\s*[(\[].*", "", author).partition(",")
    words = name.split()
    if behind.strip() and not _is_office(knowledge, behind.split()[0]):
        return None
    if len(words) > 2 and words[0].lower() in ("von", "by") and words[1][:1].isupper():
        words = words[1:]
    while words and (TITLE.fullmatch(words[0]) or _is_office(knowledge, words[0])):
        words = words[1:]
    plain = len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper() and not SEVERAL.search(name)
    return " ".join(words) if plain and not _is_body(knowledge, words) else None


def _is_office(knowledge: Knowledge, word: str) -> bool:
    return word.istitle() and knowledge.find_role(word.rstrip(",")) is not None


def _is_body(knowledge: Knowledge, words: list[str]) -> bool:
    """Whether a name is known to be that of something else than a person (an agency, a ministry)."""
    names = knowledge.names.get(words[0])
    found = names.entities.get(tuple(words[1:]), ()) if names else ()
    return bool(found) and all(knowledge.entities[e].type != "Person" for e in found)


def _known_person(knowledge: Knowledge, name: str) -> str | None:
    """The known person of that name, middle names and particles (von der) left out on either side."""
    words = name.split()
    names = knowledge.names.get(words[0])
    exact = names.entities.get(tuple(words[1:]), ()) if names else ()
    persons = [e for e in exact if knowledge.entities[e].type == "Person"]
    if not persons:
        ends = (words[0], words[-1])
        persons = [
            e.id for e in knowledge.entities.values() if e.type == "Person"
            and any(ends == (n.split()[0], n.split()[-1]) for n in e.names if " " in n)
        ]  # fmt: skip
    return persons[0] if len(persons) == 1 else None


def _is_interview(text: str) -> bool:
    """Whether many paragraphs end with a question: what is asked and what is answered are not one author's."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    asked = sum(line.rstrip('"“”«»').endswith("?") for line in paragraphs)
    return asked >= QUESTIONS and asked >= SHARE * len(paragraphs)
