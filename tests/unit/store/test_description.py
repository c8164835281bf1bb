"""What of the knowledge base goes along with a graph: what it says of what the articles name."""

from pyoxigraph import NamedNode

from kg.store import GraphStore
from kg.store.description import describe_used
from kg.vocab import BASE, KG, RDFS
from tests.builders import empty, filled, resolved, small_ontology


def described(store: GraphStore) -> set[str]:
    """Local names of what is described."""
    return {
        quad.subject.value.removeprefix(BASE).removeprefix(KG)
        for quad in describe_used(store.database, base=store.base)
        if isinstance(quad.subject, NamedNode)
    }


def test_has_entities_that_are_mentioned_and_no_others() -> None:
    found = described(filled())
    assert {"state-ukraine", "org-nato", "person-mark-rutte", "weapon-oreschnik"} <= found
    assert not found & {"state-albanien", "person-edi-rama", "place-moskau", "role-ministerpraesident"}


def test_has_the_offices_between_them_with_their_roles() -> None:
    found = described(filled())
    assert {"office-mark-rutte-generalsekretaer-nato", "role-generalsekretaer"} <= found
    assert "office-edi-rama-ministerpraesident-albanien" not in found


def test_has_the_concepts_that_are_named_and_those_above_them() -> None:
    found = described(filled())
    assert {
        "topic-nato-membership",
        "issues",
        "support",
        "polarities",
        "event-test-weapon",
        "event-mobilize",
        "weapon-category-rakete",
        "kind-metonym",
        "form-direct",
    } <= found
    assert not found & {"topic-sanctions", "ambivalent", "weapon-category-panzer"}


def test_leaves_out_classes_properties_and_lexicon() -> None:
    assert not described(filled()) & {"Person", "holder", "trigger-nato-membership-01", "etrigger-reject-01"}


def test_keeps_labels_identifiers_and_dates_but_no_aids_to_reading() -> None:
    quads = set(describe_used(filled().database))
    predicates = {quad.predicate.value for quad in quads}
    assert {RDFS + "label", KG + "isoAlpha2", KG + "signed", KG + "status"} <= predicates
    assert not predicates & {KG + "gender", KG + "adjective", KG + "metonym", KG + "surname", KG + "nominal"}


def test_leads_only_to_what_is_described_or_foreign() -> None:
    quads = set(describe_used(filled().database))
    targets = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
    assert "http://www.wikidata.org/entity/Q159" in targets
    assert {target for target in targets if target.startswith(BASE)} <= {
        quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)
    }


def test_is_empty_without_articles() -> None:
    store = GraphStore.in_memory()
    store.load_ontology(small_ontology())
    assert described(store) == set()


def test_goes_with_the_article_that_named_it() -> None:
    store = filled(resolved("a"), empty("b"))
    assert "state-ukraine" in described(store)
    store.delete_article(BASE + "graph-article-a")
    assert described(store) == set()
