"""Sets of crossings: what is first in an order, and what is nearest by some of them."""

from __future__ import annotations

import random
from typing import cast

from flake8_celery_async.project.ways import Ranking, Reached, Step, nearest, numbers
from flake8_celery_async.source.origins import Frame, Place

NO_FRAME = cast("Frame", None)


def reached(*came: tuple[int, int, Reached | None]) -> Reached:
    """A function to which crossings come: path length, crossings, and from where; each call is named by its length."""
    made = Reached(NO_FRAME, False, False, False)
    for length, crossings, before in came:
        made.arrive(crossings, Step(f"call {length}", Place("app.py", length, 0), None, False, True), before, length)
        made.by_length.append((length, crossings))
    return made


def test_numbers_of_a_set() -> None:
    assert list(numbers(0b1010_0001)) == [0, 5, 7]
    assert list(numbers(0)) == []


def test_first_in_an_order_is_found_in_any_set() -> None:
    chance = random.Random(7)
    places = [Place("app.py", chance.randrange(40), 0) for _ in range(90)]
    ranking = Ranking(places)
    for _ in range(200):
        chosen = chance.sample(range(90), chance.randrange(1, 90))
        expected = min(chosen, key=lambda number: (places[number], number))
        assert ranking.first(sum(1 << number for number in chosen)) == expected


def test_way_of_each_crossing_is_the_one_by_which_it_came() -> None:
    start, other = reached((2, 0b001, None)), reached((3, 0b110, None))
    shared = reached((3, 0b001, start), (4, 0b110, other))
    assert [step.name for step in shared.steps(0)] == ["call 2", "call 3"]
    assert [step.name for step in shared.steps(2)] == ["call 3", "call 4"]
    assert shared.nearest(0b110) == 1
    assert shared.finishing == 0b111


def test_nearest_is_by_length_and_then_in_order() -> None:
    near, far = reached((2, 0b01, None), (5, 0b10, None)), reached((3, 0b11, None))
    assert nearest([("far", far, 0b11), ("near", near, 0b11)]) == {0: (2, "near"), 1: (3, "far")}
    assert nearest([("first", far, 0b10), ("second", far, 0b11)]) == {1: (3, "first"), 0: (3, "second")}
