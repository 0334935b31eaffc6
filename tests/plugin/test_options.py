"""The options' values: what they accept and what they say about the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flake8_celery_async.options import OPTIONS, Option, OptionError, Options, Pool, parse

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


@pytest.mark.parametrize("text", ["a.b", "_a.B9", "módulo.función"])
def test_dotted_names(text: str) -> None:
    assert parse({"cax_loop_bound": text}, CODES).loop_bound == {text}


@pytest.mark.parametrize(
    "text",
    ["a", "run_sync", "input", "a.", ".a", "a..b", "a b", "a-b", "a:b", "1a", "a.b()", "a.*", "import", "a.None", "#"],
)
def test_not_dotted_names(text: str) -> None:
    with pytest.raises(OptionError) as raised:
        parse({"cax_loop_bound": ["fine.name", text]}, CODES)
    assert str(raised.value) == (
        f"option cax-loop-bound does not take {text!r}: "
        "it takes dotted Python names such as package.module.name, separated by commas"
    )


@pytest.mark.parametrize("option", ["cax_task_decorators", "cax_bridges"])
def test_name_without_a_module_is_no_name(option: str) -> None:
    with pytest.raises(OptionError, match=f"option {option.replace('_', '-')} does not take 'run_sync': "):
        parse({option: "run_sync"}, CODES)


def test_builtins_block() -> None:
    assert parse({"cax_blocking_calls": "input,open,time.sleep"}, CODES).blocking_calls == {
        "input",
        "open",
        "time.sleep",
    }
    with pytest.raises(OptionError) as raised:
        parse({"cax_blocking_calls": "inptu"}, CODES)
    assert str(raised.value) == (
        "option cax-blocking-calls does not take 'inptu': it takes dotted Python names such as package.module.name, "
        "or builtins such as input, separated by commas"
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


@pytest.mark.parametrize("word", ["off", "OFF", "false", "False", "no", "0", "none", "None", " off "])
def test_words_that_turn_the_cache_off(word: str) -> None:
    assert parse({"cax_cache_dir": word}, CODES).cache_dir == "off"


@pytest.mark.parametrize(
    "wrong",
    [
        *("on", "true", "True", "yes", "1"),
        *("off  # none", "a\nb", "a\0b", "a\x1bb", "~/cache", "$HOME/cache", "file/cache", "file/a/b"),
        *(["cache"], {"a": 1}, True),
    ],
    ids=repr,
)
def test_no_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: object) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(OptionError) as raised:
        parse({"cax_cache_dir": wrong}, CODES)
    assert str(raised.value) == f"option cax-cache-dir does not take {str(wrong)!r}: it takes a folder, or off"


def test_cache_folder_below_odd_folders(tmp_path: Path) -> None:
    """What exists is meant, however it is called."""
    odd = tmp_path / "C #" / "$x" / "~"
    odd.mkdir(parents=True)
    assert parse({"cax_cache_dir": str(odd / "new")}, CODES).cache_dir == str(odd / "new")


@pytest.mark.parametrize("wrong", ["a\0b", "off", ["."], True], ids=repr)
def test_no_project_root(wrong: object) -> None:
    with pytest.raises(OptionError) as raised:
        parse({"cax_project_root": wrong}, CODES)
    assert str(raised.value) == (f"option cax-project-root does not take {str(wrong)!r}: it takes a folder that exists")


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
@pytest.mark.parametrize("empty", ["", " ", "\n", None, [], ()], ids=repr)
def test_empty_is_not_said(option: Option, empty: object) -> None:
    assert parse({option.key: empty}, CODES) == Options()


@pytest.mark.parametrize("option", [o for o in OPTIONS if not o.is_path], ids=lambda option: option.name)
@pytest.mark.parametrize("wrong", ["\x1b[31m", "\udc80", "a b", 7, True, {"a": 1}, ["a.b, c"], ["a\n.b"]], ids=repr)
def test_wrong_kinds_of_items(option: Option, wrong: object) -> None:
    with pytest.raises(OptionError) as raised:
        parse({option.key: wrong}, CODES)
    assert str(raised.value).startswith(f"option {option.name} does not take ")
    assert str(raised.value).isprintable()


def test_paths_may_have_commas_and_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "a, b"
    folder.mkdir()
    assert parse({"cax_project_root": str(folder)}, CODES).project_root == str(folder)
