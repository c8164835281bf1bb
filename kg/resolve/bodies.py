"""Bodies of a state -> entities: by the state that their name says, else by the last of the same kind, else by context.

The ministry that somebody speaks of without saying whose it is, is that of the speaker's state; `seine Regierung` is
that of whom the pronoun means; in the outlet's own words it is that of the only state named just before.
"""

from kg.model import Mention
from kg.resolve.links import Links

DEFINITE = frozenset("der die das den dem des im am vom zum zur beim ins ans dieser diese dieses diesem diesen".split())


def link_bodies(links: Links) -> None:
    """Bodies with their state; without one, the last body of the same kind."""
    last: dict[str, str] = {}
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.type == "Person" or mention.kind not in ("name", "nominal"):
            continue
        noun = mention.text.rpartition(" ")[2]
        if mention.candidates and mention.kind == "name" and mention.acts_for:
            links.link(mention, mention.candidates[0], "body of a state", acts_for=mention.acts_for)
            last[mention.label.rpartition(" ")[2]] = last[_noun(mention)] = mention.candidates[0]
        elif _is_alone(mention) and noun in last and not (mention.head and links.referent(mention.head)):
            links.link(mention, last[noun], "the same body again")


def link_bodies_by_context(links: Links) -> None:
    """Bodies whose state nothing in their name says, once persons are known."""
    for mention in links.extraction.mentions:
        kind = links.knowledge.bodies.get(mention.label)
        if mention.key in links.of or not _is_alone(mention) or kind is None or not _is_definite(links, mention, kind):
            continue
        default = next(iter(links.knowledge.body_kinds[kind].get("defaultBody", ())), None)
        if default:
            links.link(mention, default, "the body of that name where no state is named")
            continue
        state, why = _state(links, mention, kind)
        if state:
            entity, label = links.knowledge.body_of(state, kind), links.knowledge.body_label(state, kind)
            links.link(mention, entity, why, type=mention.type, label=label, acts_for=state)


def _noun(mention: Mention) -> str:
    """The noun of a body without the state before or behind it."""
    words = [w for w in mention.text.split() if w[:1].isupper()]
    before = mention.text[:1].islower() or (len(words) > 1 and mention.text.split()[0] != words[-1])
    return words[-1] if before and " in " not in mention.text else words[0]


def _is_alone(mention: Mention) -> bool:
    return mention.kind == "nominal" and not mention.candidates and mention.type not in ("Person", "")


def _is_definite(links: Links, mention: Mention, kind: str) -> bool:
    """Whether one body is meant: with a definite article or possessive, in the plural only what has no singular."""
    if mention.type == "Group":
        return False
    if mention.gender == "pl" and "pl" not in links.knowledge.body_kinds[kind].get("gender", ()):
        return False
    before = links.extraction.article.text[: mention.span.start].rsplit(None, 2)[-2:]
    return mention.head is not None or any(word.lower() in DEFINITE for word in before)


def _state(links: Links, mention: Mention, kind: str) -> tuple[str | None, str]:
    """The state of a body, and how it is known."""
    if mention.head is not None:
        owner = links.referent(mention.head)
        return (links.state_of(owner) if owner else None), "body of the state of whom the possessive means"
    near, beside = links.states_near(mention)
    speaker = links.speaker_of(mention)
    own = links.state_of(speaker) if speaker else None
    if own is not None and (not beside or near == [own]):
        return own, "body of the speaker's state"
    if len(near) != 1 or own is not None:
        return None, ""
    sure = near[0] == links.main_state() or (beside and (near[0], kind) in links.knowledge.state_bodies)
    return (near[0] if sure else None), "body of the only state named before"
