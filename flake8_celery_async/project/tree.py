"""A small tree of sentences, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_celery_async.source.origins import Place


class Node(NamedTuple):
    """One sentence, the place it is about, and what belongs to it."""

    text: str
    place: Place | None = None
    children: tuple[Node, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield the lines of the printed tree: a node in a line, its children below it."""
        yield f"{self.text}  {self.place}" if self.place is not None else self.text
        for child in self.children:
            last = child is self.children[-1]
            first, *rest = child.lines()
            yield f"{'└─' if last else '├─'} {first}"
            for line in rest:
                yield f"{'  ' if last else '│ '} {line}"


def nested(nodes: list[Node]) -> Node:
    """Return the nodes as one branch: each is the last child of the one before it. The list is not empty."""
    branch = nodes[-1]
    for node in reversed(nodes[:-1]):
        branch = node._replace(children=(*node.children, branch))
    return branch
