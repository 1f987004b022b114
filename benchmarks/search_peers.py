"""Others who find names, in the same run: rapidfuzz, pg_trgm, tantivy. They get names alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from agent_tui.text.names import fold

Peer = Callable[[str], Sequence[int]]
"""Numbers of people, best first, ten at most."""


@contextmanager
def rapidfuzz_peer(names: Sequence[str]) -> Iterator[Peer]:
    """Every name of everybody, compared one by one, whatever the order of its words."""
    from rapidfuzz import fuzz, process

    folded = [fold(name) for name in names]

    def find(query: str) -> list[int]:
        found = process.extract(fold(query), folded, scorer=fuzz.token_sort_ratio, limit=10)
        return [place for _, _, place in found]

    yield find


@contextmanager
def trigram_peer(names: Sequence[str], url: str) -> Iterator[Peer]:
    """PostgreSQL with pg_trgm and a GIN index, in a table of its own that goes afterwards."""
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("CREATE TEMPORARY TABLE peer (number int, name text)")
        with connection.cursor() as cursor, cursor.copy("COPY peer FROM STDIN") as copy:
            for number, name in enumerate(names):
                copy.write_row((number, fold(name)))
        connection.execute("CREATE INDEX peer_name ON peer USING gin (name gin_trgm_ops)")
        connection.execute("ANALYZE peer")

        def find(query: str) -> list[int]:
            rows = connection.execute(
                "SELECT number FROM peer WHERE name %% %(q)s "
                "ORDER BY similarity(name, %(q)s) DESC LIMIT 10",
                {"q": fold(query)},
            ).fetchall()
            return [number for (number,) in rows]

        yield find
        connection.rollback()


@contextmanager
def tantivy_peer(names: Sequence[str]) -> Iterator[Peer]:
    """tantivy: every word within one slip (two in longer ones), the last one a beginning too."""
    import tantivy

    with tempfile.TemporaryDirectory() as folder:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", stored=False)
        builder.add_integer_field("number", stored=True)
        schema = builder.build()
        index = tantivy.Index(schema, path=folder)
        writer = index.writer(128_000_000)
        for number, name in enumerate(names):
            writer.add_document(tantivy.Document(name=fold(name), number=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()

        def find(query: str) -> list[int]:
            words = fold(query).split()
            if not words:
                return []
            parts = [part for word in words for part in _word(tantivy, schema, word)]
            hits = searcher.search(tantivy.Query.boolean_query(parts), 10).hits
            return [searcher.doc(address)["number"][0] for _, address in hits]

        yield find


def _word(tantivy: Any, schema: Any, word: str) -> Iterator[tuple[Any, Any]]:
    should = tantivy.Occur.Should
    yield should, tantivy.Query.boost_query(tantivy.Query.term_query(schema, "name", word), 3.0)
    if len(word) > 2:
        distance = 2 if len(word) > 7 else 1
        near = tantivy.Query.fuzzy_term_query(
            schema, "name", word, distance=distance, transposition_cost_one=True
        )
        yield should, near
    begins = tantivy.Query.fuzzy_term_query(schema, "name", word, distance=0, prefix=True)
    yield should, tantivy.Query.boost_query(begins, 0.5)
