"""Bodies of a state -> entities: by the state that their name says, else by the last of the same kind."""

from kg.model import Mention
from kg.resolve.links import Links


def link_bodies(links: Links) -> None:
    """Bodies with their state; without one, the last body of the same kind."""
    last: dict[str, str] = {}
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.type == "Person" or mention.kind not in ("name", "nominal"):
            continue
        noun = mention.text.rpartition(" ")[2]
        if mention.candidates and mention.kind == "name" and mention.acts_for:
            links.link(mention, mention.candidates[0], "body of a state", acts_for=mention.acts_for)
            last[mention.label.rpartition(" ")[2]] = last[noun] = mention.candidates[0]
        elif _is_alone(mention) and noun in last:
            links.link(mention, last[noun], "the same body again")


def _is_alone(mention: Mention) -> bool:
    return mention.kind == "nominal" and not mention.candidates
