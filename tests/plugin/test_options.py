"""The options' values: what they accept and what they say about the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flake8_celery_async.options import OPTIONS, OptionError, Options, Pool, parse

CODES = frozenset({"CAX01", "CAX17"})


def test_nothing_said() -> None:
    assert parse({}, CODES) == Options()
    assert parse({option.key: [] for option in OPTIONS}, CODES) == Options()
    assert parse({option.key: "" for option in OPTIONS}, CODES) == Options()


def test_keys_of_others_are_of_no_interest() -> None:
    assert parse({"max_line_length": 79, "select": ["CAX"]}, CODES) == Options()


@pytest.mark.parametrize("value", ["a.b,c.d", " a.b ,\n c.d,", ["a.b", "c.d"], ("a.b", "c.d", "a.b")])
def test_lists(value: object) -> None:
    assert parse({"cax_bridges": value}, CODES).bridges == {"a.b", "c.d"}


def test_every_option_has_its_field() -> None:
    options = parse(
        {
            "cax_enable": "CAX17",
            "cax_pool": "gevent,solo",
            "cax_task_decorators": "a.task",
            "cax_bridges": "a.run",
            "cax_loop_bound": "a.Client",
            "cax_blocking_calls": "input",
            "cax_project_root": os.curdir,
            "cax_cache_dir": "off",
        },
        CODES,
    )
    assert options == Options(
        enable=frozenset({"CAX17"}),
        pools=frozenset({Pool.GEVENT, Pool.SOLO}),
        task_decorators=frozenset({"a.task"}),
        bridges=frozenset({"a.run"}),
        loop_bound=frozenset({"a.Client"}),
        blocking_calls=frozenset({"input"}),
        project_root=os.curdir,
        cache_dir="off",
    )


@pytest.mark.parametrize(
    ("text", "pools"),
    [
        ("prefork", {Pool.PREFORK}),
        ("processes", {Pool.PREFORK}),
        ("Prefork,PROCESSES", {Pool.PREFORK}),
        ("threads,Eventlet", {Pool.THREADS, Pool.EVENTLET}),
        ("custom", {Pool.CUSTOM}),
    ],
)
def test_pools(text: str, pools: set[Pool]) -> None:
    assert parse({"cax_pool": text}, CODES).pools == pools


@pytest.mark.parametrize("text", ["a", "a.b", "_a.B9", "módulo.función"])
def test_dotted_names(text: str) -> None:
    assert parse({"cax_loop_bound": text}, CODES).loop_bound == {text}


@pytest.mark.parametrize(
    "text", ["a.", ".a", "a..b", "a b", "a-b", "a:b", "1a", "a.b()", "a.*", "import", "a.None", "#"]
)
def test_not_dotted_names(text: str) -> None:
    with pytest.raises(OptionError) as raised:
        parse({"cax_loop_bound": ["fine.name", text]}, CODES)
    assert str(raised.value) == (
        f"option cax-loop-bound does not take {text!r}: "
        "it takes dotted Python names such as package.module.name, separated by commas"
    )


def test_wrong_pool_says_what_is_right() -> None:
    with pytest.raises(OptionError) as raised:
        parse({"cax_pool": "solo,process"}, CODES)
    assert str(raised.value) == (
        "option cax-pool does not take 'process': it takes the worker pools "
        "prefork, solo, threads, gevent, eventlet, custom, processes, separated by commas"
    )


def test_wrong_code_says_what_is_right() -> None:
    with pytest.raises(OptionError) as raised:
        parse({"cax_enable": "CAX17,CAX42"}, CODES)
    assert str(raised.value) == (
        "option cax-enable does not take 'CAX42': it takes the codes CAX01, CAX17, separated by commas"
    )


def test_project_root_is_a_folder(tmp_path: Path) -> None:
    assert parse({"cax_project_root": str(tmp_path)}, CODES).project_root == str(tmp_path)
    (tmp_path / "file").touch()
    for wrong in (tmp_path / "file", tmp_path / "nowhere"):
        with pytest.raises(OptionError) as raised:
            parse({"cax_project_root": str(wrong)}, CODES)
        assert (
            str(raised.value) == f"option cax-project-root does not take {str(wrong)!r}: it takes a folder that exists"
        )


def test_cache_dir_may_be_made(tmp_path: Path) -> None:
    for right in (str(tmp_path), str(tmp_path / "new/er"), "off", ""):
        assert parse({"cax_cache_dir": right}, CODES).cache_dir == right
    (tmp_path / "file").touch()
    with pytest.raises(OptionError) as raised:
        parse({"cax_cache_dir": str(tmp_path / "file")}, CODES)
    wrong = str(tmp_path / "file")
    assert str(raised.value) == f"option cax-cache-dir does not take {wrong!r}: it takes a folder, or off"


def test_paths_may_have_commas_and_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "a, b"
    folder.mkdir()
    assert parse({"cax_project_root": str(folder)}, CODES).project_root == str(folder)
