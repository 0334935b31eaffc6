"""Look-ups in the environment that take a default: what is called, and which argument the default is.

Data only. A look-up whose default is written out is read as that default: it is what runs unless the variable is set.
"""

from __future__ import annotations

from typing import Final

_TYPED: Final = ("str", "int", "float", "bool")
"""Methods of the readers that django-environ and environs have in common, named by what they give."""

LOOKUPS: Final[dict[str, int]] = {
    # callee: position of the default, which may also be given as ``default=``
    "os.environ.get": 1,
    "os.environ.setdefault": 1,
    "os.getenv": 1,
    # django-environ: Env.__call__(var, cast, default), Env.str(var, default)
    "environ.Env()": 2,
    "environ.FileAwareEnv()": 2,
    **{f"environ.{env}().{method}": 1 for env in ("Env", "FileAwareEnv") for method in _TYPED},
    # environs: Env.__call__(name, default), Env.str(name, default)
    "environs.env": 1,
    "environs.Env()": 1,
    **{f"environs.{env}.{method}": 1 for env in ("env", "Env()") for method in _TYPED},
    # python-decouple: Config.__call__(option, default, cast)
    "decouple.config": 1,
    "decouple.AutoConfig()": 1,
    "decouple.Config()": 1,
    # Starlette: Config.__call__(key, cast, default)
    "starlette.config.Config()": 2,
}

FIELDS: Final[dict[str, int]] = {"pydantic.Field": 0, "pydantic.fields.Field": 0}
"""What describes a field of a class; the position of its default."""

SETTINGS_CLASSES: Final[frozenset[str]] = frozenset({"BaseSettings"})
"""Last part of the base classes whose class attributes are the defaults of environment variables (pydantic)."""
