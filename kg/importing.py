"""What was coded by hand, into a graph: a project of Discourse Network Analyzer -> facts -> quads -> store."""

import os
from collections import Counter
from pathlib import Path

from kg import vocab
from kg.config import Settings, find_ontology, read_settings
from kg.dna import Variables, read_project, resolve_project
from kg.knowledge import read_knowledge
from kg.model import BuildReport, Resolved, Skipped
from kg.outputs import write_outputs
from kg.rdf import render_quads
from kg.report import ARTICLES, Tally, count_facts, tally_facts, write_report
from kg.result import BuildResult
from kg.store import GraphStore, open_manifest


def import_dna(
    file: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    variables: Variables | None = None,
    settings: Settings | None = None,
) -> BuildResult:
    """Brings a project of Discourse Network Analyzer 3.0 into the graph in the folder `out`, made if there is none.

    Documents become articles, named by the file and their number, and replace those of an earlier import; other
    articles in the graph stay. Writes `graph.ttl` and `report.json` as a build does.

    Raises:
        InputError: the file is no such project, or lacks a variable.
        StoreError: `out` is something else than a `kg` folder, or cannot be written.
        KnowledgeError: a fault in the ontology.
    """
    settings, path, folder = settings or read_settings(), Path(file), Path(out)
    project = read_project(path, variables)
    knowledge = read_knowledge(settings.ontology)
    program = f"DNA-{project.version}"
    tally: Tally = Counter()
    skipped: list[Skipped] = []
    with GraphStore.create(folder, base=settings.base) as store, open_manifest(folder) as manifest:
        store.load_ontology(find_ontology(settings.ontology))
        for found in resolve_project(project, knowledge, source=path.name):
            if isinstance(found, Resolved):
                manifest.forget([found.article.id])
                graph = vocab.mint_article_graph(found.article.id, base=settings.base)
                store.replace_article(graph, render_quads(found, base=settings.base, version=program))
                tally.update(tally_facts(found))
            else:
                skipped.append(found)
        write_outputs(store, folder)
    report = BuildReport(articles=tally[ARTICLES], skipped=tuple(skipped), counts=count_facts(tally))
    write_report(report, folder / "report.json", model=f"coded by hand in {program}")
    return BuildResult(out=folder, report=report, tally=tally)
