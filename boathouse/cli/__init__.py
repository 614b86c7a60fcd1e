"""The command `boathouse`. Exit codes: 0 done, 1 the work failed, 2 wrong usage or input."""

import sys

from typer.exceptions import Abort, TyperException

from boathouse.cli import checks, data, people, programs, serving
from boathouse.cli.frame import app
from boathouse.core.errors import Problem, UsageProblem, WorkFailed

__all__ = ["app", "checks", "data", "main", "people", "programs", "serving"]


def main() -> None:
    """Entry point: errors meant for people become one line on standard error."""
    try:
        words = sys.argv[1:] or ["--help"]
        sys.exit(app(words, prog_name="boathouse", standalone_mode=False))
    except TyperException as wrong:
        context = getattr(wrong, "ctx", None)
        where = f"{context.command_path}: " if context else ""
        sys.exit(_say(where + wrong.format_message(), wrong.exit_code))
    except UsageProblem as problem:
        sys.exit(_say(problem, 2))
    except (Problem, WorkFailed) as problem:
        sys.exit(_say(problem, 1))
    except Abort:
        sys.exit(_say("Stopped.", 1))


def _say(what: object, code: int) -> int:
    print(" ".join(str(what).split()), file=sys.stderr)
    return code
