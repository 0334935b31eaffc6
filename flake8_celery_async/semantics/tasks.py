"""Which functions a Celery worker runs: tasks in all their forms, and the receivers of worker signals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flake8_celery_async.options import Options
from flake8_celery_async.semantics.catalog import celery_names
from flake8_celery_async.semantics.catalog.signals import BY_NAME as SIGNALS
from flake8_celery_async.semantics.catalog.signals import Signal
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import (
    DECORATOR,
    Attribute,
    Call,
    Class,
    Constant,
    Function,
    Import,
    Lambda,
    Module,
    Name,
    Parameter,
    Value,
    nested_in,
    of_facts,
)
from flake8_celery_async.source.names import find, last_name
from flake8_celery_async.source.origins import (
    ClassObject,
    External,
    Frame,
    FunctionObject,
    Hold,
    Instance,
    Literal,
    Made,
    Method,
    Origin,
    Packed,
    Place,
    name_of,
    with_arguments,
)
from flake8_celery_async.source.registrations import Registration

_TASK_OF_APP = frozenset(
    f"{app}().{method}" for app in celery_names.APP_CLASSES for method in ("task", "periodic_task")
)
_APP_TASK_CLASS = frozenset(f"{app}().Task" for app in celery_names.APP_CLASSES)
_TASK_BASES = celery_names.TASK_CLASSES | _APP_TASK_CLASS


_NEVER = frozenset({"property", "staticmethod", "classmethod"})


class Task(NamedTuple):
    """A function that a worker runs."""

    module: Module
    function: Function
    frame: Frame
    """The function's frame as the worker calls it."""
    decorator: Value | None
    """The task decorator, when the task is made by one."""
    position: int
    """Index of that decorator, outermost first; -1 without one."""
    owner: ClassObject | None
    """The Task subclass whose ``run`` this is; a base in another module may define it."""
    app: Origin | None
    """The app the task belongs to, where it can be told."""
    made_of: FunctionObject | None = None
    """The function that a factory or a decorator of the project makes the task of."""

    @property
    def name(self) -> str:
        """The name a reader knows the task by."""
        if self.made_of is not None:
            return self.made_of.function.name
        return self.owner.cls.name if self.owner is not None else self.function.name

    @property
    def place(self) -> Place:
        """Where a reader finds it: the class or the function."""
        if self.made_of is not None:
            return Place(self.made_of.module.path, self.made_of.function.line, self.made_of.function.column)
        if self.owner is not None:
            return Place(self.owner.module.path, self.owner.cls.line, self.owner.cls.column)
        return Place(self.module.path, self.function.line, self.function.column)

    @property
    def app_place(self) -> Place | None:
        """Where its app is made; None when that cannot be told."""
        return self.app.place if isinstance(self.app, (Made, Instance)) else None

    def option(self, name: str) -> Value | None:
        """Return a keyword of the task decorator, or None."""
        return self.decorator.keyword(name) if isinstance(self.decorator, Call) else None


class Receiver(NamedTuple):
    """A function connected to a Celery signal."""

    signal: Signal
    module: Module
    scope: Function
    """The scope in which it is connected."""
    value: Value
    """What is connected: the argument of ``connect``, or the decorated function's name."""
    target: Frame | None
    """The function connected, when it is one of the project's."""
    call: Call | None
    """The ``connect(…)`` call; None for the bare decorator."""
    line: int
    column: int


def find_tasks(module: Module, evaluator: Evaluator, options: Options) -> Iterator[Task]:
    """Yield the tasks a module defines, in source order of their kind.

    Decorated by Celery, classes, wrapped by a call; see also :func:`made_by`.
    """
    for function in module.functions:
        if function.kind == "function" and function.decorators:
            task = _decorated(module, function, evaluator, options)
            if task is not None:
                yield task
    for cls in module.classes:
        yield from _task_class(module, cls, evaluator)
    for scope in module.functions:
        yield from _wrapped(evaluator.frame(module, scope), evaluator, options)


@of_facts
def makers_in(module: Module) -> frozenset[str]:
    """Return the names of the functions that may make tasks when they are called: factories, decorators, methods."""
    makers: list[Function] = []
    for function in module.functions:
        if any(_may_wrap(call) for call in function.calls):
            makers.append(function)
        if any("task" in last_name(value).lower() for value in function.decorators):
            makers.append(module.functions[function.parent])
    # A function may be made by another, which is what is called: a decorator with options.
    around = [module.functions[max(maker.parent, 0)] for maker in makers]
    return frozenset([maker.name for maker in (*makers, *around) if maker.kind == "function"])


def made_by(registration: Registration, evaluator: Evaluator, options: Options) -> Iterator[Task]:
    """Yield the tasks that a function of the project makes of what it is given, by its nested ones or ``app.task``."""
    scope = evaluator.frame(registration.module, registration.scope)
    for maker in evaluator.origins(registration.call.function, scope):
        if not isinstance(maker, FunctionObject) or maker.function.is_async or maker.function.is_generator:
            continue
        bound, subject = _given(maker, registration, scope, evaluator)
        for inner in nested_in(maker.module).get(maker.function.index, ()):
            task = _decorated(maker.module, inner, evaluator, options) if inner.decorators else None
            if task is not None and inner.kind == "function":
                frame = Frame(maker.module, inner, task.frame.arguments, bound)
                yield task._replace(frame=frame, made_of=subject)
        for task in _wrapped(bound, evaluator, options):
            if not task.function.is_async:  # a maker asks for coroutine functions before it comes to others
                yield task._replace(made_of=subject)


def _given(
    maker: FunctionObject, registration: Registration, scope: Frame, evaluator: Evaluator
) -> tuple[Frame, FunctionObject]:
    """Return the frame of a maker with what it is given, and the function that readers know the task by."""
    if registration.below is None:
        bound = evaluator.bind(registration.call, scope, maker.frame)
        given = [o for _, origins in bound.arguments for o in origins if isinstance(o, FunctionObject)]
        return bound, given[0] if given else maker
    below = FunctionObject(Frame(registration.module, registration.below))
    known = dict(maker.frame.arguments)
    free = [p for p in maker.function.parameters if p.kind in ("positional", "*") and p.name not in known]
    if free:
        known[free[0].name] = (below,) if free[0].kind == "positional" else (Packed(((below,),)),)
    return with_arguments(maker.frame, known), below


def without_templates(tasks: Iterable[Task]) -> list[Task]:
    """Leave out what is only the pattern of tasks that are made wherever a factory or a decorator is called."""
    tasks = list(tasks)
    made = {task.function for task in tasks if task.made_of is not None}
    return [task for task in tasks if task.made_of is not None or task.function not in made]


def _decorated(module: Module, function: Function, evaluator: Evaluator, options: Options) -> Task | None:
    scope = evaluator.frame(module, module.functions[function.parent])
    for position, decorator in enumerate(function.decorators):
        if not _may_make_tasks(decorator, options):
            continue
        app = task_decorator(decorator, scope, evaluator, options)
        if app is None:
            continue
        frame = evaluator.frame(module, function)
        call = decorator if isinstance(decorator, Call) else None
        bound = call is not None and call.keyword("bind") == Constant(True)
        if bound and function.parameters:
            frame = Frame(
                module,
                function,
                ((function.parameters[0].name, _task_instances(call, scope, evaluator)),),
                frame.closure,
            )
        return Task(module, function, frame, decorator, position, None, app)
    return None


def task_decorator(decorator: Value, scope: Frame, evaluator: Evaluator, options: Options) -> Origin | None:
    """Return what makes a decorator a task decorator (the app, or the decorator itself), or None when it is not one."""
    # ``@app.task`` names the decorator, ``@app.task(…)`` calls it, ``@make_task()`` may return it.
    values = (decorator.function, decorator) if isinstance(decorator, Call) else (decorator,)
    for value in values:
        for origin in evaluator.origins(value, scope):
            found = _is_task_maker(origin, options, scope.module)
            if found is not None:
                return found
    return None


def _is_task_maker(origin: Origin, options: Options, module: Module) -> Origin | None:
    name = name_of(origin)
    if not name:
        return None
    plain = name.removesuffix("()")
    if plain in celery_names.TASK_DECORATORS or plain in options.task_decorators:
        return origin
    if plain in _TASK_OF_APP:
        while isinstance(origin, Made) and origin.of is not None:
            origin = origin.of
        return origin.receiver if isinstance(origin, Method) else origin
    if isinstance(origin, External) and plain.endswith((".task", ".periodic_task")):
        root, *middle = plain.split(".")[:-1]
        if root in celery_names.OTHER_LIBRARIES or not middle:
            return None
        # ``from shop.celery import app``: the app is not in sight, but what is in sight says Celery.
        if any("celery" in part.lower() for part in (root, *middle)) or imports_celery(module):
            return origin
    return None


def imports_celery(module: Module) -> bool:
    """Say whether any scope of the module imports from Celery itself."""
    return any(
        isinstance(binding, Import) and binding.level == 0 and binding.module.partition(".")[0] == "celery"
        for function in module.functions
        for bindings in function.bindings.values()
        for binding in bindings
    )


def _task_instances(call: Call | None, scope: Frame, evaluator: Evaluator) -> tuple[Origin, ...]:
    """Return what ``self`` of a bound task is."""
    base = call.keyword("base") if call is not None else None
    if base is not None:
        found = tuple([_registered(o) for o in evaluator.origins(base, scope) if isinstance(o, ClassObject)])
        if found:
            return found
    return (Made("celery.Task"),)


def run_by_worker(task: Task, evaluator: Evaluator, app_classes: Sequence[tuple[Value, Frame]] = ()) -> Iterator[Frame]:
    """Yield the frames a worker enters to run a task: its function, or what wraps it, and the methods of its class.

    A coroutine function may have a sync wrapper below the task decorator, or a Task class whose ``__call__`` drives
    it. ``app_classes`` are the values, with their frames, assigned to an app's ``Task``.
    """
    if not task.function.is_async:
        yield task.frame
    elif task.position >= 0:
        scope = evaluator.frame(task.module, task.module.functions[max(task.function.parent, 0)])
        for wrapper in evaluator.decorated(task.frame, task.function.decorators[task.position + 1 :], scope):
            yield wrapper.frame
    else:
        yield task.frame
    classes = task_classes(task, evaluator, app_classes)
    for cls in dict.fromkeys([o for value, frame in classes for o in classes_of(value, frame, evaluator)]):
        yield from _around_the_body(cls, evaluator)
    if task.owner is not None:
        yield from _around_the_body(task.owner, evaluator)


def run_by_signal(receiver: Receiver, evaluator: Evaluator) -> Iterator[Frame]:
    """Yield the frames that are entered when a signal is sent: the function connected, or what wraps it.

    Below the signal's decorator a coroutine function may have one of the project that returns a sync function.
    """
    if receiver.target is None:
        return
    function = receiver.target.function
    below = next((n + 1 for n, decorator in enumerate(function.decorators) if decorator is receiver.value), None)
    if below is None:
        yield receiver.target
        return
    scope = evaluator.frame(receiver.module, receiver.scope)
    for wrapper in evaluator.decorated(receiver.target, function.decorators[below:], scope):
        yield wrapper.frame


def _around_the_body(cls: ClassObject, evaluator: Evaluator) -> Iterator[Frame]:
    """Yield the sync methods of a Task class that the worker calls besides ``run``."""
    for name in ("__call__", *celery_names.ASYNC_HOOKS):
        method = evaluator.method(_registered(cls), name)
        if method is not None and not method.function.is_async:
            yield method.frame


def task_classes(
    task: Task, evaluator: Evaluator, app_classes: Sequence[tuple[Value, Frame]] = ()
) -> list[tuple[Value, Frame]]:
    """Return the values, with their frames, that choose the class of a decorated task: ``base=``, else the app's."""
    base, app = task.option("base"), task.app
    if task.owner is not None:
        return []
    if base is not None:
        return [(base, evaluator.frame(task.module, task.module.functions[max(task.function.parent, 0)]))]
    if isinstance(app, (Made, Instance)) and app.call is not None and app.frame is not None:
        chosen = app.call.keyword("task_cls")
        if chosen is not None:
            return [(chosen, app.frame)]
        made = [o for o in evaluator.origins(app.call.function, app.frame) if isinstance(o, ClassObject)]
        of_subclass = [chosen for cls in made for chosen in _task_cls_of(cls, evaluator)]
        if of_subclass:
            return of_subclass
    return list(app_classes)


def _task_cls_of(app: ClassObject, evaluator: Evaluator) -> Iterator[tuple[Value, Frame]]:
    """Yield what a subclass of Celery says its task class is: in its body, or to the constructor of its base."""
    for owner in evaluator.lineage(app):
        if not isinstance(owner, ClassObject):
            continue
        for function in owner.module.functions:
            frame = evaluator.frame(owner.module, function)
            if function.index == owner.cls.body:
                for assignment in function.assignments:
                    if assignment.target == Name("task_cls"):
                        yield assignment.value, frame
            elif function.cls == owner.cls.index:
                for call in function.calls:
                    chosen = call.keyword("task_cls")
                    if chosen is not None:
                        yield chosen, frame


def classes_of(value: Value, frame: Frame, evaluator: Evaluator) -> Iterator[ClassObject]:
    """Yield the project's classes that a value is, or names in a string: ``"app.base:AsyncTask"``."""
    for origin in evaluator.origins(value, frame):
        found: tuple[Origin, ...] = (origin,)
        if isinstance(origin, Literal) and isinstance(origin.value, Constant) and isinstance(origin.value.value, str):
            found = evaluator.dotted(origin.value.value.replace(":", "."), origin.frame.module)
        for cls in found:
            if isinstance(cls, ClassObject):
                yield cls


def runs_task(origin: Origin) -> bool:
    """Say whether a value is what Celery's own ``Task.run`` or ``Task.__call__`` returned: the task's function's."""
    return (
        isinstance(origin, Made)
        and isinstance(origin.of, Made)
        and origin.of.name in _TASK_BASES
        and origin.name.rpartition(".")[2] in ("run", "__call__")
    )


def _registered(cls: ClassObject) -> Instance:
    """Return the one object of a task class, which its app keeps as long as the process lives."""
    place = Place(cls.module.path, cls.cls.line, cls.cls.column)
    return Instance(cls, None, Hold("global", cls.cls.name, place))


def is_task_class(cls: ClassObject, evaluator: Evaluator) -> bool:
    """Say whether a class derives from Celery's Task, in whatever spelling."""
    return evaluator.derives(cls, _TASK_BASES)


def _task_class(module: Module, cls: Class, evaluator: Evaluator) -> Iterator[Task]:
    if not cls.bases:
        return
    owner = ClassObject(module, cls)
    if not is_task_class(owner, evaluator):
        return
    run = evaluator.method(_registered(owner), "run")
    if run is not None:
        yield Task(run.module, run.function, run.frame, None, -1, owner, None)


def _may_wrap(call: Call) -> bool:
    return call.use != DECORATOR and len(call.arguments) == 1 and "task" in last_name(call.function).lower()


def _wrapped(frame: Frame, evaluator: Evaluator, options: Options) -> Iterator[Task]:
    """Yield the tasks that a scope makes by ``app.task(…)(function)`` and ``shared_task(function)``."""
    for call in frame.function.calls:
        if not _may_wrap(call) or not _names_something(call.arguments[0], frame):
            continue
        targets = [o for o in evaluator.origins(call.arguments[0], frame) if isinstance(o, FunctionObject)]
        if not targets:
            continue
        app = task_decorator(call.function, frame, evaluator, options)
        if app is None:
            continue
        for target in targets:
            yield Task(target.module, target.function, target.frame, call.function, -1, None, app)


def _may_make_tasks(value: Value, options: Options) -> bool:
    """Say by its name alone whether a decorator is worth a closer look: ``app.task``, ``worker_task``, any ``name``."""
    while isinstance(value, Call):
        value = value.function
    if isinstance(value, Attribute):
        return "task" in value.name or any(name.endswith(f".{value.name}") for name in options.task_decorators)
    return isinstance(value, Name) and value.id not in _NEVER


def _names_something(value: Value, frame: Frame) -> bool:
    """Say whether a value may be a function by its looks; almost all arguments of calls are not."""
    if isinstance(value, Name):
        found = find(frame.module, frame.function, value.id)
        if found is None:
            return False
        is_given = any(name == value.id for name, _ in frame.arguments)
        return is_given or not all(isinstance(binding, Parameter) for binding in found[1])
    # ``app.task(guarded(send))``
    return isinstance(value, (Attribute, Lambda)) or (isinstance(value, Call) and bool(value.arguments))


def find_receivers(module: Module, evaluator: Evaluator) -> Iterator[Receiver]:
    """Yield the functions a module connects to Celery's signals, by decorator or by ``connect``."""
    for function in module.functions:
        for decorator in function.decorators:
            call = decorator if isinstance(decorator, Call) else None
            connect = call.function if call else decorator
            if not isinstance(connect, Attribute) or connect.name != "connect":
                continue
            scope = module.functions[function.parent]
            for signal in _signals(connect, evaluator.frame(module, scope), evaluator):
                frame = evaluator.frame(module, function)
                yield Receiver(signal, module, scope, decorator, frame, call, function.line, function.column)
    for scope in module.functions:
        for call in scope.calls:
            if call.use == "decorator" or not call.arguments:
                continue
            if not isinstance(call.function, Attribute) or call.function.name != "connect":
                continue
            frame = evaluator.frame(module, scope)
            for signal in _signals(call.function, frame, evaluator):
                target = call.arguments[0]
                found = [o.frame for o in evaluator.origins(target, frame) if isinstance(o, FunctionObject)]
                yield Receiver(signal, module, scope, target, found[0] if found else None, call, call.line, call.column)


def _signals(value: Attribute, frame: Frame, evaluator: Evaluator) -> list[Signal]:
    return [SIGNALS[name] for name in evaluator.names(value.value, frame) if name in SIGNALS]
