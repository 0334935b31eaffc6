"""Pages of the web, as the proofs' server has them: each says 1.5."""

from __future__ import annotations

from tests.worlds.standin.blocking import block

SLOW = 4.0
"""Seconds that a page takes whose address has ``/slow`` in it; one with ``/mute`` never answers."""


class Page:
    """The answer of a web server."""

    status_code = 200
    text = "1.5"

    def json(self) -> float:
        return float(self.text)


def load(url: str) -> Page:
    """Wait for a page in this thread."""
    block("A", SLOW if "/slow" in url else 0.0)
    return Page()
