"""What the documentation says is so: settings, commands, routes, links, pictures, and examples that run."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from boathouse.cli import app
from boathouse.core.people import Role
from boathouse.core.settings import Settings
from tests.matrix import socket_paths
from tests.serving import serving
from tests.test_api import DOCUMENT

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OPERATORS, PROGRAMS = ROOT / "docs" / "operators.md", ROOT / "docs" / "api.md"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
RUNNABLE = re.compile(r"<!-- runnable -->\n```(\w*)\n(.*?)```", re.DOTALL)


def commands(group: object, words: tuple[str, ...] = ("boathouse",)) -> Iterator[tuple[str, object]]:
    """Every command with the words that call it."""
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name)), command


@pytest.mark.parametrize("name", [name for name in Settings.model_fields])
def test_every_setting_is_explained(name: str):
    variable, text = f"BOATHOUSE_{name.upper()}", OPERATORS.read_text()
    assert f"| `{variable}` |" in text


def test_no_setting_is_explained_that_is_not_there():
    named = set(re.findall(r"BOATHOUSE_[A-Z_]+[A-Z]", "".join(page.read_text() for page in PAGES)))
    there = {f"BOATHOUSE_{name.upper()}" for name in Settings.model_fields} | {"BOATHOUSE_TOKEN"}
    assert named <= there


@pytest.mark.parametrize(("line", "command"), list(commands(typer.main.get_command(app))), ids=str)
def test_every_command_and_option_is_explained(line: str, command: object):
    text = OPERATORS.read_text()
    assert f"`{line}" in text
    for option in command.params:  # type: ignore[attr-defined]
        if option.param_type_name == "option" and option.name != "help":
            assert any(re.search(rf"{name}\b", text) for name in option.opts), f"{line} {option.opts}"


def test_no_command_is_explained_that_is_not_there():
    there = {line for line, _ in commands(typer.main.get_command(app))}
    for page in PAGES:
        for line in re.findall(
            r"boathouse (?!is\b)([a-z]+(?: create)?)\b", " ".join(re.findall(r"`[^`]+`", page.read_text()))
        ):
            assert f"boathouse {line}" in there, f"{page.name}: boathouse {line}"


def test_every_route_and_socket_is_listed_and_no_other():
    text = PROGRAMS.read_text()
    routes = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in DOCUMENT["paths"].items()
        for method in methods
    }
    assert set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`]*)`", text)) == routes
    assert set(re.findall(r"\| `(/[^`]*)` \|", text)) == socket_paths()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path):
    for target in LINK.findall(page.read_text()):
        if not target.startswith(("http:", "https:", "#")):
            assert (page.parent / target.partition("#")[0]).is_file(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_machine(page: Path):
    assert not re.search(r"/work/|/tmp/|/home/|/root/", page.read_text())


EXAMPLES = [(page, kind, code) for page in PAGES for kind, code in RUNNABLE.findall(page.read_text())]


@pytest.mark.parametrize(("page", "kind", "code"), EXAMPLES, ids=[page.name for page, _, _ in EXAMPLES])
def test_examples_run(tmp_path: Path, page: Path, kind: str, code: str):
    assert kind == "python"
    with serving(tmp_path) as server:
        token = server.token("My script", Role.COACH)
        environment = {**os.environ, "SERVER": server.address, "TOKEN": token}
        answer = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert answer.returncode == 0, answer.stderr
    assert "Sending something back is easy" in answer.stdout
    assert "Days until the money is back" in answer.stdout
    assert "From what to 4?" in answer.stdout
