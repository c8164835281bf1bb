"""How `kg serve` bears hardship, printed: python -m tests.benchmark.serve DIR, over any graph of some size."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.query import named_queries
from tests.integration.test_serve import LARGE, peak_memory
from tests.serving import CSV, ENDLESS, Server, serving

LIMIT = 15.0


def main() -> None:
    with serving(Path(sys.argv[1]), "--timeout", str(LIMIT)) as server:
        server.query("ASK {}")  # it is ready
        for name in named_queries():
            tell(f"query {name}", server, f"/queries/{name}")
        for _ in range(2):
            begun = time.perf_counter()
            status = server.query(ENDLESS).status
            sys.stdout.write(f"endless join: {status}, {time.perf_counter() - begun - LIMIT:+.3f} s after the limit\n")
        before, begun = peak_memory(server), time.perf_counter()
        size = len(server.post(LARGE, CSV).body)
        grown = (peak_memory(server) - before) / 1e6
        sys.stdout.write(
            f"result of {size / 1e6:.0f} MB: {time.perf_counter() - begun:.1f} s, server grew by {grown:.1f} MB\n"
        )
        begun = time.perf_counter()
        with ThreadPoolExecutor(10) as clients:
            statuses = [answer.status for answer in clients.map(server.get, ["/queries/positions"] * 100)]
        sys.stdout.write(
            f"ten clients: {len(statuses) / (time.perf_counter() - begun):.0f} queries/s, all 200: {set(statuses) == {200}}\n"
        )
        sys.stdout.write(f"processors: {os.cpu_count()}, load: {os.getloadavg()[0]:.1f}\n")


def tell(what: str, server: Server, path: str) -> None:
    begun = time.perf_counter()
    status = server.get(path).status
    sys.stdout.write(f"{what}: {status}, {(time.perf_counter() - begun) * 1_000:.0f} ms\n")


if __name__ == "__main__":
    main()
