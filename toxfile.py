"""Let tox find every Python that pyenv has installed, not only the one that is switched on.

tox loads this file by itself. Without pyenv it changes nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

from tox.plugin import impl


@impl
def tox_add_core_config(core_conf: object, state: object) -> None:
    """Put the folders of pyenv's interpreters at the end of the search path, before tox looks for one."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    folders = sorted(str(folder) for folder in root.glob("versions/3.*/bin"))
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), *folders])
