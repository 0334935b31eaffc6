"""Bridges that surely get nothing they can run, so that they fail at every call."""

from __future__ import annotations

from flake8_celery_async.project.graph import Project
from flake8_celery_async.semantics.bridges import Bridge
from flake8_celery_async.semantics.lazy import COROUTINE, lazy, plain_result, uncalled
from flake8_celery_async.source.module import Call, Lambda


def drives_nothing(bridge: Bridge, project: Project) -> bool:
    """Say whether a bridge is given a function where it takes a coroutine, or what is no coroutine function at all."""
    if not bridge.driven:
        return False
    value, certain, bare = bridge.driven[0], project.certain, bridge.wrapped or bridge.frame
    frame = project.evaluator.frame(bare.module, bare.function)
    if bridge.calls_it:
        made = lazy(value, frame, certain)
        return (made is not None and made.kind == COROUTINE) or bool(plain_result(value, frame, certain))
    if isinstance(value, Lambda) or uncalled(value, frame, certain):
        return True
    return isinstance(value, Call) and bool(plain_result(value.function, frame, certain))
