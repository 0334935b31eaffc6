from a.loops import run_in_new_loop


def execute(function, *args, **kwargs):
    return run_in_new_loop(function(*args, **kwargs))
