"""What refers back: descriptions (das Bündnis, das Land) and pronouns."""

from kg.resolve.links import Links

FIRST = ("ich", "wir", "uns", "unser", "mein", "mir", "mich")


def link_descriptions(links: Links) -> None:
    """Das Bündnis, die Allianz, das Land, die Organisation: the nearest entity before that it may describe."""
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.kind != "nominal" or not mention.candidates:
            continue
        candidates = set(mention.candidates)
        before = [
            (m.span.start, e.id) for e in links.entries.values() if e.id in candidates for m in e.mentions
            if m.span.start < mention.span.start
        ]  # fmt: skip
        if before:
            links.link(mention, max(before)[1], "description of what was named before")
        elif len(candidates) == 1 and mention.candidates[0] in links.entries:
            links.link(mention, mention.candidates[0], "description of what the article names")


def link_pronouns(links: Links) -> None:
    """Pronouns: the first person by its speaker, the third by what `Mention.candidates` says."""
    spoken = [s for s in links.extraction.statements if s.speaker]
    speakers = [(c, s.speaker or "") for s in spoken for c in s.content]
    direct = [(c, s.speaker or "") for s in spoken if s.form == "direct" for c in s.content]
    for mention in links.extraction.mentions:
        if mention.kind != "pronoun" or mention.key in links.of:
            continue
        word = mention.text.lower()
        if word.startswith(FIRST):
            inside = [(c.end - c.start, r) for c, r in speakers if c.covers(mention.span) and r in links.of]
            if inside:
                links.link(mention, links.of[min(inside)[1]], "first person of the speaker")
            continue
        quoted = [(c.end - c.start, r) for c, r in direct if c.covers(mention.span)]
        speaker = links.of.get(min(quoted)[1]) if quoted else None
        people = (links.of.get(key) for key in mention.candidates)
        person = next((p for p in people if p and p != speaker), None)
        if person:
            links.link(mention, person, "pronoun, likeliest person before")
