"""One kind of error for people: a message that says what to do, and a status."""


class Problem(Exception):
    """Something a person can understand and act on.

    status: HTTP status; sockets derive their close code from it (4400 + status % 100).
    message: one or two plain sentences. field: the form field it is about, if one.
    """

    def __init__(self, status: int, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.field = status, message, field

    @property
    def close_code(self) -> int:
        """The final close code for a socket: 401 becomes 4401, 403 becomes 4403."""
        return 4000 + self.status


class UsageProblem(Exception):
    """Wrong usage of a command or a wrong setting: exit code 2 and one line on standard error."""


class WorkFailed(Exception):
    """A command that was used rightly and did not succeed: exit code 1 and one line."""


def not_signed_in() -> Problem:
    """For pages and routes that need an account."""
    return Problem(401, "Please sign in first.")


def not_allowed() -> Problem:
    """For somebody known who may not do this."""
    return Problem(403, "This is not yours to open. Ask whoever runs it for a link.")


def not_found(what: str) -> Problem:
    """what: a noun with its article, such as "This room"."""
    return Problem(404, f"{what} does not exist, or no longer does.")
