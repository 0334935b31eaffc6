"""What the installed package says of itself."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from importlib.resources import files

import pytest

import flake8_celery_async
from flake8_celery_async.plugin import Plugin

PACKAGE = distribution("flake8-celery-async")


def test_version_comes_from_the_metadata() -> None:
    assert flake8_celery_async.__version__ == PACKAGE.version


def test_other_names_are_not_made_up() -> None:
    with pytest.raises(AttributeError, match="no attribute 'version'"):
        _ = flake8_celery_async.version


def test_needs_flake8_and_ast_grep_only() -> None:
    needed = {re.split(r"[^\w-]", text)[0] for text in PACKAGE.requires or []}
    assert needed == {"flake8", "ast-grep-py"}


def test_entry_point() -> None:
    (entry_point,) = PACKAGE.entry_points.select(group="flake8.extension")
    assert entry_point.name == "CAX"
    assert entry_point.load() is Plugin


def test_is_typed() -> None:
    assert files("flake8_celery_async").joinpath("py.typed").is_file()
