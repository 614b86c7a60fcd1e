"""The command: exit codes, one line on standard error, and what each command is for."""

import json
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from boathouse.cli import main
from boathouse.core.settings import Settings
from boathouse.workshop.exports import from_json
from tests.serving import free_port

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary) -> Run:
    """`boathouse WORDS` in an empty folder: its exit code, standard output and standard error."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOATHOUSE_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["boathouse", *words])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        output = capfdbinary.readouterr()
        return ended.value.code or 0, output.out.decode(), output.err.decode()

    return run


WRONG = {
    "nonsense": "No such command 'nonsense'",
    "export": "WORKSHOP",
    "export nothing": "“nothing”",
    "export nothing --format docx": "'docx' is not one of",
    "export nothing -o /no/such/folder/x.json": "/no/such/folder",
    "serve --workers 2": "--workers",
    "serve --port many": "--port",
    "rehearse ABCDEFGH --participants 2 --url nonsense": "--url",
    "serve --port 70000": "--port",
    "backup": "file",
    "backup /no/such/folder/x.db": "/no/such/folder",
    "restore nothing.db": "nothing.db",
    "token": "command",
    "token create": "--name",
    "token create --name x --role emperor": "'emperor' is not one of",
    "token create --name=": "--name",
    "password": "email",
    "password nobody@alder.example": "nobody@alder.example",
    "rehearse ABCDEFGH": "--participants",
    "rehearse ABCDEFGH --participants 0": "--participants",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage_is_two_and_one_line_that_says_what(run: Run, line: str):
    code, out, err = run(*line.split())
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert WRONG[line] in err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("BASE_URL", "boathouse.example"),
        ("LOG_FORMAT", "xml"),
        ("BUS_URL", "redis://x"),
        ("DEVELOPMENT", "perhaps"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(run: Run, monkeypatch, name: str, value: str):
    monkeypatch.setenv(f"BOATHOUSE_{name}", value)
    for command in ("serve", "migrate"):
        code, out, err = run(command)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert f"BOATHOUSE_{name}" in err


def test_work_that_fails_is_one_and_one_line(run: Run, monkeypatch, tmp_path: Path):
    assert run("backup", "copy.db")[0] == 1
    monkeypatch.setenv("BOATHOUSE_DATABASE_URL", f"postgresql+asyncpg://x:secret@127.0.0.1:{free_port()}/x")
    code, out, err = run("migrate")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "secret" not in err
    (tmp_path / "no.db").mkdir()
    monkeypatch.setenv("BOATHOUSE_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/no.db")
    code, out, err = run("migrate")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_a_port_that_is_taken_is_one_and_one_line_before_any_link(run: Run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = run("serve", "--port", str(port))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"127.0.0.1:{port}" in err


def test_without_a_word_it_helps(run: Run):
    code, out, _ = run()
    assert code == 0
    assert "Usage: boathouse" in out


def test_a_token_is_alone_on_standard_output_before_the_first_start(run: Run, tmp_path: Path):
    code, out, err = run("token", "create", "--name", "Dashboard", "--role", "viewer")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"[\w-]{32}\n", out)
    assert (tmp_path / "var" / "boathouse.db").exists()
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0


def test_seeding_twice_is_seeding_once_and_links_that_work(run: Run):
    links = []
    for _ in range(2):
        code, out, err = run("seed")
        assert (code, err) == (0, "")
        links += re.findall(r"http://127\.0\.0\.1:\d+/sign-in/[\w-]{32}", out)
    assert len(set(links)) == 2
    code, out, _ = run("export", code_of("Alder & Finch, wave 1"))
    data = from_json(out)
    assert len(data.rooms) == 12
    assert {"Ana", "Ben", "Cleo"} <= {name for room in data.rooms for name in room.people}


def code_of(title: str) -> str:
    """A workshop's spoken code."""
    with sqlite3.connect("var/boathouse.db") as database:
        return database.execute("SELECT code FROM workshop WHERE title = ?", [title]).fetchone()[0]


def test_an_export_goes_to_standard_output_or_a_file(run: Run, tmp_path: Path):
    run("seed")
    wanted = code_of("Alder & Finch, wave 1")
    written = {}
    for form in ("json", "csv", "md"):
        code, out, err = run("export", wanted, "--format", form, "-o", f"out.{form}")
        assert (code, out, err) == (0, "", "")
        written[form] = (tmp_path / f"out.{form}").read_bytes()
    assert json.loads(written["json"])["title"] == "Alder & Finch, wave 1"
    assert written["csv"].startswith(b"\xef\xbb\xbfkind,room_number,")
    assert b"## Room 12: " in written["md"]
    code, out, _ = run("export", wanted.lower(), "--format", "md")
    assert (code, out.encode()) == (0, written["md"])
    assert run("export", wanted, "-o", str(tmp_path))[0] == 1


def test_backup_and_restore(run: Run, tmp_path: Path):
    run("token", "create", "--name", "x")
    assert run("backup", "copy.db")[0] == 0
    assert run("backup", "copy.db")[0] == 2
    code, out, _ = run("restore", "copy.db")
    assert code == 0
    assert "kept at" in out


def test_the_installed_command_and_the_module_are_the_same(tmp_path: Path):
    for command in ([sys.executable, "-m", "boathouse"], [str(Path(sys.executable).with_name("boathouse"))]):
        answer = subprocess.run(
            [*command, "nonsense"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (answer.returncode, answer.stderr) == (2, "boathouse: No such command 'nonsense'.\n")
