"""What belongs to tests rather than to a service: no worker ever sees the tasks, loops and patches of tests."""

from __future__ import annotations

from flake8_celery_async.project.discovery import is_in_tests
from flake8_celery_async.source.module import Import, Module, of_facts

_LIBRARIES = frozenset({"pytest", "unittest", "nose", "hypothesis", "doctest"})


def is_named_like_a_test(path: str) -> bool:
    """Say whether a test runner would look for tests in a file, which may be code of a service all the same."""
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py") or name == "tests.py"


@of_facts
def is_test(module: Module) -> bool:
    """Say whether a module belongs to tests: by its folder, or by its name and what it does.

    ``app/tasks/test_run.py`` that defines tasks is a module of the service.
    """
    return is_in_tests(module.path) or (is_named_like_a_test(module.path) and _tests_something(module))


def _tests_something(module: Module) -> bool:
    """Say whether a module imports a library for tests, or has functions that a runner takes for tests."""
    for bindings in module.body.bindings.values():
        for binding in bindings:
            if isinstance(binding, Import) and binding.module.partition(".")[0] in _LIBRARIES and not binding.level:
                return True
    # ``@app.task def test_run()`` is a task that runs a test.
    return any(function.name.startswith("test_") and not function.decorators for function in module.functions)
