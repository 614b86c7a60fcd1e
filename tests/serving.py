"""A real server in a process of its own, for sockets, browsers and kills."""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx2 as httpx
from anyio.from_thread import start_blocking_portal

from boathouse.cli import main
from boathouse.core.accounts import create_token
from boathouse.core.database import Database
from boathouse.core.people import Role

PATIENCE = 60.0  # seconds until a server must answer, on a busy machine too
SECRET = "a secret of the tests"
# One for all: making one costs more than a request. No line is kept: the server may be closing it just then.
LINE = httpx.Client(timeout=30, limits=httpx.Limits(max_keepalive_connections=0))
# Servers begin as copies of a process that has imported everything: that takes longer than most tests.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "tests.warm"])


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_command(words: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
    """`boathouse WORDS` in a new process, until it ends."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as output:
        os.dup2(output.fileno(), sys.stdout.fileno())
        os.dup2(output.fileno(), sys.stderr.fileno())
    sys.argv = ["boathouse", *words]
    main()


@dataclass
class Server:
    """`boathouse serve` in a folder of its own. It keeps folder and port over restarts."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: BaseProcess | None = None

    @property
    def address(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sockets(self) -> str:
        """The same for WebSockets."""
        return f"ws://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Its settings; a command of the same folder takes them too."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("BOATHOUSE_")}
        url = f"sqlite+aiosqlite:///{self.folder}/boathouse.db"
        return {**kept, "BOATHOUSE_DATABASE_URL": url, "BOATHOUSE_SECRET_KEY": SECRET}

    @property
    def log(self) -> Path:
        """Everything it printed, over all its starts."""
        return self.folder / "server.log"

    def start(self) -> "Server":
        """Start and wait until it answers."""
        words = ["serve", "--port", str(self.port)]
        options = (words, self.folder, self.environment, self.log)
        self.process = FORKS.Process(target=run_command, args=options, daemon=True)
        self.process.start()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if LINE.get(f"{self.address}/readyz", timeout=2).status_code == 200:
                    return self
            except httpx.TransportError:
                self.process.join(0.05)
            assert self.process.exitcode is None, self.log.read_text()
        self.kill()
        raise AssertionError(f"no answer in {PATIENCE} s:\n{self.log.read_text()}")

    def token(self, name: str = "Mara", role: Role = Role.OWNER) -> str:
        """A bearer token as `boathouse token create` makes it, without the seconds a command takes."""

        async def make() -> str:
            database = Database(self.environment["BOATHOUSE_DATABASE_URL"])
            async with database.writing() as session:
                token = await create_token(session, name, role)
            await database.close()
            return token

        with start_blocking_portal() as portal:
            return portal.call(make)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, sign: signal.Signals) -> int:
        assert self.process
        assert self.process.pid
        os.kill(self.process.pid, sign)
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None, self.log.read_text()
        return self.process.exitcode


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server for the length of a block."""
    server = Server(folder).start()
    try:
        yield server
    finally:
        if server.process and server.process.is_alive():
            server.stop()
