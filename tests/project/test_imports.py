"""What a name means after imports are followed, whatever was asked first."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import pytest

from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.index import Index
from flake8_celery_async.source.module import Name
from flake8_celery_async.source.origins import FunctionObject

GET = "def get():\n    pass\n"
TRY, OR = "try:\n", "except ImportError:\n"


def _project(folder: Path, files: Mapping[str, str]) -> Project:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return Project(Index(folder), Options(cache_dir=OFF))


def _homes(project: Project, path: str, name: str) -> list[str]:
    """The files of the functions that a name may be in a module."""
    module = project.at(path)
    assert module is not None
    found = project.evaluator.origins(Name(name), project.evaluator.frame(module, module.body))
    return [origin.module.path if isinstance(origin, FunctionObject) else type(origin).__name__ for origin in found]


@pytest.mark.parametrize(
    ("files", "homes"),
    [
        ({"a.py": "from b import *\n", "b.py": "from a import *\n"}, []),
        ({"a.py": "from b import *\n", "b.py": f"from a import *\n{GET}"}, ["b.py"]),
        ({"a.py": "from b import *\nfrom c import *\n", "b.py": "from a import get\n", "c.py": GET}, ["c.py"]),
        ({"a.py": "from b import *\nfrom c import *\n", "b.py": "x = 1\n", "c.py": GET}, ["c.py"]),
        ({"a.py": "from b import *\nfrom c import *\n", "b.py": "get = 1 + 2\n", "c.py": GET}, ["c.py"]),
        ({"a.py": "from b import *\nfrom c import *\n", "b.py": GET, "c.py": GET}, ["c.py"]),
        ({"a.py": "from b import *\nfrom c import *\nfrom b import *\n", "b.py": GET, "c.py": GET}, ["b.py"]),
        ({"a.py": f"{TRY}    from b import *\n{OR}    from c import *\n", "b.py": GET, "c.py": GET}, ["b.py"]),
        ({"a.py": f"from b import *\n{GET}", "b.py": GET}, ["a.py"]),
        ({"a.py": "from b import get\n", "b.py": "from c import other as get\n", "c.py": GET}, []),
        ({"a.py": "from b import get\n", "b.py": "from c import get\n", "c.py": "from b import get\n" + GET}, ["c.py"]),
        ({"a.py": "from p import get\n", "p/__init__.py": "from .get import get\n", "p/get.py": GET}, ["p/get.py"]),
        ({"a.py": "from p import get\n", "p/__init__.py": "", "p/get.py": GET}, ["Package"]),
        ({"a.py": "from p import get\n", "p/__init__.py": "from . import get\n", "p/get.py": GET}, ["Package"]),
        ({"a.py": "import p.q as q\nget = q.get\n", "p/__init__.py": "", "p/q.py": GET}, ["p/q.py"]),
    ],
)
def test_meaning(tmp_path: Path, files: Mapping[str, str], homes: list[str]) -> None:
    assert _homes(_project(tmp_path, files), "a.py", "get") == homes


def test_answers_do_not_depend_on_what_was_asked_first(tmp_path: Path) -> None:
    files = {
        "a.py": "from b import *\nfrom d import *\n",
        "b.py": "from c import *\nfrom e import *\n",
        "c.py": "from a import *\nfrom b import get\n",
        "d.py": GET,
        "e.py": "from c import get\n" + GET,
    }
    answers = set()
    for order in permutations(files):
        project = _project(tmp_path, files)
        found = {path: tuple(_homes(project, path, "get")) for path in order}
        answers.add(tuple(sorted(found.items())))
    assert len(answers) == 1


def test_what_leads_round_is_still_certain(tmp_path: Path) -> None:
    """``b`` has nothing but what ``a`` has, so ``a`` is sure of its own."""
    project = _project(
        tmp_path,
        {
            "a.py": "try:\n    from b import get\nexcept E:\n    def get():\n        pass\n",
            "b.py": "from a import get\n",
        },
    )
    module = project.at("a.py")
    assert module is not None
    (only,) = project.certain.origins(Name("get"), project.evaluator.frame(module, module.body))
    assert isinstance(only, FunctionObject)


def test_each_name_of_each_module_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    levels = 12
    files = {f"l{i}{s}.py": f"from l{i + 1}a import *\nfrom l{i + 1}b import *\n" for i in range(levels) for s in "ab"}
    project = _project(tmp_path, files)
    asked = 0
    find = Index.find

    def count(index: Index, name: str, importer: str) -> object:
        nonlocal asked
        asked += 1
        return find(index, name, importer)

    monkeypatch.setattr(Index, "find", count)
    assert _homes(project, "l0a.py", "missing") == []
    assert asked < 10 * levels


@pytest.mark.parametrize("length", [30, 33, 200])
def test_the_farthest_base_class_counts(tmp_path: Path, length: int) -> None:
    code = "".join([f"class A{i + 1}(A{i}):\n    pass\n" for i in range(length)])
    code = f"class A0:\n    def get(self):\n        pass\n{code}get = A{length}().get\n"
    project = _project(tmp_path, {"a.py": code})
    assert _homes(project, "a.py", "get") == ["a.py"]
