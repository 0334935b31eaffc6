"""The flake8 command over a project of several modules, in every way it is run."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import Flake8, Outcome

SELECT = ("--isolated", "--select=CAX")
RUNNER = """
import multiprocessing
import os
import sys

if __name__ == "__main__":
    method, log, *arguments = sys.argv[1:]
    multiprocessing.set_start_method(method)
    from flake8_celery_async.project import index
    honest = index._parse
    def parse(text, path):
        with open(log, "a") as file:
            file.write(f"{os.getpid()} {path}\\n")
        return honest(text, path)
    index._parse = parse
    from flake8.main.cli import main
    with open(log, "a") as file:
        file.write(f"{os.getpid()}\\n")
    sys.exit(main(arguments))
"""


def start(flake8: Flake8, method: str, *arguments: str) -> tuple[Outcome, list[str]]:
    """Run flake8 with a start method; also return what the parent and forked workers parsed, the parent's pid first."""
    script = flake8.folder.parent / "runner.txt"
    script.write_text(RUNNER)
    log = flake8.folder.parent / f"{method}.log"
    log.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, str(script), method, str(log), *arguments], cwd=flake8.folder, capture_output=True, timeout=300
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode()), log.read_text().splitlines()


@pytest.mark.parametrize("jobs", ["-j1", "-j2", "-j4"])
def test_finding_crosses_modules(service: Flake8, found: list[str], jobs: str) -> None:
    outcome = service(*SELECT, jobs)
    assert (outcome.found, outcome.stderr) == (found, "")
    assert "'client' (app/clients.py:3)" in outcome.stdout
    assert "app/tasks.py:10" in outcome.stdout


def test_jobs_and_cache_change_nothing(service: Flake8) -> None:
    off = [service(*SELECT, jobs, "--cax-cache-dir=off") for jobs in ("-j1", "-j4")]
    cold = service(*SELECT, "-j1")
    warm = [service(*SELECT, jobs) for jobs in ("-j1", "-j4")]
    assert [*off, cold, *warm] == [cold] * 5


def test_cold_in_parallel_is_warm_alone(service: Flake8, found: list[str]) -> None:
    assert service(*SELECT, "-j4").found == found
    assert service(*SELECT, "-j1").found == found


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_start_methods(service: Flake8, found: list[str], method: str) -> None:
    for _ in ("cold", "warm"):
        outcome, _ = start(service, method, *SELECT, "-j2")
        assert (outcome.found, outcome.stderr) == (found, "")


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork")
def test_forked_workers_inherit_what_the_parent_parsed(service: Flake8, found: list[str]) -> None:
    outcome, (parent, *parsed) = start(service, "fork", *SELECT, "-j4", "--cax-cache-dir=off")
    assert outcome.found == found
    assert parsed
    assert {line.split()[0] for line in parsed} == {parent}


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork")
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["--bug-report"], ["-j1", "--version"]])
def test_nothing_is_read_where_nothing_is_linted(service: Flake8, arguments: list[str]) -> None:
    outcome, (_, *parsed) = start(service, "fork", "-j4", *arguments)
    assert (outcome.status, parsed) == (0, [])
    assert not list(service.folder.glob(".flake8_celery_async_cache"))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork")
def test_error_in_the_parent_ends_no_run(service: Flake8) -> None:
    script = service.folder.parent / "broken.txt"
    script.write_text(
        "import sys\nfrom flake8_celery_async.project import workspace\n"
        "workspace.Workspace.prepare = lambda self: 1 / 0\n"
        "from flake8.main.cli import main\nsys.exit(main())\n"
    )
    done = subprocess.run([sys.executable, str(script), *SELECT, "-j4"], cwd=service.folder, capture_output=True)
    assert (done.returncode, done.stderr, done.stdout.count(b" CAX0")) == (1, b"", 2)


@pytest.mark.parametrize("name", ["app/tasks.py", "./app/tasks.py", "{root}/app/tasks.py", "app/../app/tasks.py"])
def test_few_files_see_the_whole_project(service: Flake8, name: str) -> None:
    outcome = service(*SELECT, name.format(root=service.folder))
    assert [line.split()[-1] for line in outcome.found] == ["CAX03"]


def test_from_a_folder_below_the_root(service: Flake8) -> None:
    below = Flake8(service.folder / "app")
    assert below(*SELECT).found == ["./clients.py:3:10: CAX04", "./tasks.py:10:5: CAX03"]


def test_excluded_files_are_no_part_of_the_project(service: Flake8) -> None:
    assert service(*SELECT, "--exclude=clients.py").found == ["./app/tasks.py:10:5: CAX02"]
    assert service(*SELECT, "--extend-exclude=app/clients.py").found == ["./app/tasks.py:10:5: CAX02"]


def test_stdin_stands_in_for_the_file(service: Flake8) -> None:
    client = "import httpx\n\n\nclient = httpx.AsyncClient(timeout=5)\n"
    arguments = (*SELECT, "--stdin-display-name=app/clients.py", "-")
    assert service(*arguments, stdin=client).found == ["app/clients.py:4:10: CAX04"]
    assert service(*arguments, stdin=client.replace("Async", "")).found == []
    bridge = (service.folder / "app/tasks.py").read_text().replace("def refresh", "def refresh_all")
    arguments = (*SELECT, f"--stdin-display-name={service.folder}/app/tasks.py", "-")
    outcome = service(*arguments, stdin=bridge)
    assert [line.split()[-1] for line in outcome.found] == ["CAX03"]
    assert "refresh_all" in outcome.stdout


def test_stdin_does_not_spoil_the_cache(service: Flake8, found: list[str]) -> None:
    service(*SELECT, "--stdin-display-name=app/clients.py", "-", stdin="x = 1  # async def\n")
    assert service(*SELECT).found == found


def test_several_processes_at_once(service: Flake8, found: list[str]) -> None:
    """As pre-commit does it, with an empty cache."""
    for number in range(6):
        service.write(f"app/plain_{number}.py", "async def f():\n    pass\n")
    names = sorted(str(path.relative_to(service.folder)) for path in (service.folder / "app").glob("*.py"))
    with ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(lambda k: service(*SELECT, *names[k::5]), range(5)))
    assert sorted(f"./{line}" for outcome in outcomes for line in outcome.found) == found
    assert not any(outcome.stderr for outcome in outcomes)
    assert service(*SELECT).found == found


def test_broken_neighbours_cost_their_own_facts_only(service: Flake8, found: list[str]) -> None:
    service.write("app/broken.py", "def (:  # celery async def\n")
    service.write("app/binary.py", bytes(range(256)) * 50 + b"celery async def")
    service.write("app/huge.py", "# celery async def\n" * 100_000)
    (service.folder / "app/again").symlink_to(service.folder, target_is_directory=True)
    outcome = service(*SELECT, "app/clients.py", "app/tasks.py")
    assert [f"./{line}" for line in outcome.found] == found
    assert outcome.stderr == ""


def test_options_for_the_root_and_the_cache(service: Flake8, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.mktemp("cache")
    service.write("app/setup.cfg", f"[flake8]\nselect = CAX\ncax-project-root = ../\ncax-cache-dir = {cache}\n")
    below = Flake8(service.folder / "app")
    assert below().found == ["./clients.py:3:10: CAX04", "./tasks.py:10:5: CAX03"]
    assert list(cache.glob("found-*.json"))
    assert not list(service.folder.rglob(".flake8_celery_async_cache"))
    service.write("app/setup.cfg", "[flake8]\nselect = CAX\ncax-project-root = .\ncax-cache-dir = off\n")
    assert below().found == ["./tasks.py:10:5: CAX02"]
