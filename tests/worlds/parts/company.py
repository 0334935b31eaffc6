"""What stands beside the rest in a project: scenes of their own that no worker runs, and that must change nothing."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer


@part("nothing", "root", weight=1)
def dead_code(w: Writer, inner: Ref) -> Ref:
    client, name = w.name("unused_client"), w.name("unused")
    w.add(
        f"{client} = httpx.AsyncClient()\n\n\nasync def {name}():\n    await {client}.get('https://example.com')",
        "import httpx",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def tests_module(w: Writer, inner: Ref) -> Ref:
    name, client = w.name("fetch_in_test"), w.name("test_client")
    module = w.other(f"tests/test_{name}.py")
    module.need("import asyncio", "import httpx")
    module.body += ["", f"{client} = httpx.AsyncClient()", "", "", f"async def {name}():"]
    module.body += [f"    return await {client}.get('https://example.com')"]
    module.body += ["", "", f"def test_{name}():", f"    asyncio.run({name}())", f"    asyncio.run({name}())"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def script(w: Writer, inner: Ref) -> Ref:
    name = w.name("main")
    module = w.other(f"scripts/{name}.py")
    module.need("import asyncio", "import httpx")
    module.body += ["", "", f"async def {name}():", "    async with httpx.AsyncClient() as client:"]
    module.body += ["        await client.get('https://example.com')"]
    module.body += ["", "", "if __name__ == '__main__':", f"    asyncio.run({name}())"]
    return w.given("root", name)
