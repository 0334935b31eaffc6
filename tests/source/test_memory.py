"""The memory of answers: what an answer rests on, and what an edit drops."""

from __future__ import annotations

from flake8_celery_async.source.memory import FACETS, Memory, facet, query


class _Texts:
    """Texts by name, which questions are asked of."""

    def __init__(self, **texts: str) -> None:
        self.memory = Memory()
        self.texts = texts
        self.asked: list[str] = []

    def read(self, name: str) -> str:
        self.memory.rests |= self.memory.mark(name)
        return self.texts[name]


@query
def _length(name: str, texts: _Texts) -> int:
    texts.asked.append(name)
    return len(texts.read(name))


@query
def _sum(one: str, other: str, texts: _Texts) -> int:
    texts.asked.append(f"{one}+{other}")
    return _length(one, texts) + _length(other, texts)


def test_answer_is_worked_out_once() -> None:
    texts = _Texts(a="x", b="yy")
    assert [_sum("a", "b", texts), _sum("a", "b", texts), _length("a", texts)] == [3, 3, 1]
    assert texts.asked == ["a+b", "a", "b"]


def test_edit_drops_what_rests_on_it_and_nothing_else() -> None:
    texts = _Texts(a="x", b="yy", c="zzz")
    _sum("a", "b", texts)
    _sum("b", "c", texts)
    texts.asked.clear()
    texts.texts["a"] = "xxxx"
    assert texts.memory.forget(texts.memory.mark("a")) == 2
    assert [_sum("a", "b", texts), _sum("b", "c", texts)] == [6, 5]
    assert texts.asked == ["a+b", "a"]


def test_what_is_recalled_is_rested_on_too() -> None:
    texts = _Texts(a="x", b="yy")
    _length("a", texts)
    _length("b", texts)
    _sum("a", "b", texts)  # both of its parts are remembered already
    assert texts.memory.forget(texts.memory.mark("b")) == 2


def test_facets_lie_below_the_modules() -> None:
    memory = Memory()
    assert facet("tasks", "load") < 1 << FACETS <= memory.mark("a.py") < memory.mark("b.py")
    assert memory.mark("a.py") == memory.mark("a.py")


def test_words_that_come_or_go_drop_what_looked_at_them() -> None:
    memory = Memory()
    table = memory.update("reads", frozenset({"load"}), lambda names: names)
    table[frozenset({"load", "save"})] = "one", 0
    table[frozenset({"send"})] = "other", 0
    assert set(memory.update("reads", frozenset({"load", "save"}), lambda names: names)) == {frozenset({"send"})}
    assert set(memory.update("reads", frozenset({"load", "save"}), lambda names: names)) == {frozenset({"send"})}


def test_an_answer_that_fails_is_not_remembered() -> None:
    texts = _Texts()
    for _ in range(2):
        try:
            _length("a", texts)
        except KeyError:
            continue
        raise AssertionError("it has no such text")
    assert texts.asked == ["a", "a"]
    assert texts.memory.rests == texts.memory.mark("a")
