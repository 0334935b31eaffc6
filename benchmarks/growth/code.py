"""Shapes of Python code in one file."""

from __future__ import annotations

from benchmarks.growth.shape import Files, shape


@shape(100)
def script_chain(size: int) -> Files:
    """Functions that call each other in a chain, started under ``__main__``."""
    chain = "".join([f"def step_{i}():\n    step_{i + 1}()\n\n" for i in range(size)])
    last = f"def step_{size}():\n    time.sleep(1)\n\n"
    start = "async def main():\n    step_0()\n\nif __name__ == '__main__':\n    asyncio.run(main())\n"
    return {"app/job.py": f"import asyncio\nimport time\n\n{chain}{last}{start}"}
