"""What became of all that is read: new, replaced, unchanged, skipped. Nothing is counted twice, nothing gets lost."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg import vocab
from kg.loading import Built, digest_article, read_tally
from kg.log import tell
from kg.model import Article, BuildReport, Skipped
from kg.report import ARTICLES, Tally, count_facts
from kg.store import GraphStore, Manifest


class Census:
    """Counts articles on their way into a graph. Holds no article, but every reason for which one was skipped."""

    def __init__(
        self, store: GraphStore, manifest: Manifest, origin: str, progress: Callable[[int, str], None]
    ) -> None:
        self.tally: Tally = Counter()
        self._store, self._manifest, self._origin, self._progress = store, manifest, origin, progress
        self._skipped: list[Skipped] = []
        self._replaced = self._unchanged = 0

    def drop_known(self, found: Iterable[Article | Skipped]) -> Iterator[Article]:
        """The articles that the graph does not hold as they are."""
        for article in found:
            if isinstance(article, Skipped):
                self._skip(article)
                continue
            known = self._manifest.find(article.id, self._origin)
            if known and known.content == digest_article(article) and self._holds(article.id):
                self._unchanged += 1
                self._count(read_tally(known.tally), article.id)
            else:
                yield article

    def count_new(self, found: Iterable[Built | Skipped]) -> Iterator[Built]:
        """What was analysed."""
        for built in found:
            if isinstance(built, Skipped):
                self._skip(built)
                continue
            self._replaced += self._holds(built.entry.id)
            self._count(built.tally, built.entry.id)
            yield built

    @property
    def changed(self) -> int:
        """Articles that are new or replaced."""
        return self.tally[ARTICLES] - self._unchanged

    def report(self, seconds: Mapping[str, float]) -> BuildReport:
        """The sums."""
        return BuildReport(
            articles=self.tally[ARTICLES],
            skipped=tuple(self._skipped),
            counts=count_facts(self.tally),
            replaced=self._replaced,
            unchanged=self._unchanged,
            seconds=seconds,
        )

    def _holds(self, id: str) -> bool:
        return self._store.holds(vocab.mint_article_graph(id, base=self._store.base))

    def _count(self, tally: Tally, id: str) -> None:
        self.tally.update(tally)
        self._progress(self.tally[ARTICLES], id)

    def _skip(self, skipped: Skipped) -> None:
        tell("warning", "skipped", source=skipped.source, reason=skipped.reason)
        self._skipped.append(skipped)
