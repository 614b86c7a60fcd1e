"""Logs: one line an event, text or JSON, never a secret."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

# What follows these in an address or a line is a secret.
SECRETS = re.compile(
    r"([?&]token=|/setup/|/invitations/|/seat/|/sign-in/|/new-password/|/calendar/|/opt-in/|/table/|/sheets/"
    r"|/welcome/|Bearer )[^\s&\"'?]+",
    re.IGNORECASE,
)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
TRACE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # of several lines


def redact(text: str) -> str:
    """The text with every token and link secret blanked."""
    return SECRETS.sub(r"\1…", text)


def _clean_event(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """No secret, and nothing that somebody wrote can begin a line or move the reader's cursor."""
    for key, value in event.items():
        if isinstance(value, str):
            lines = TRACE if key == "exception" else CONTROLS
            event[key] = lines.sub(_visible, redact(value))
    return event


def _visible(found: re.Match[str]) -> str:
    return repr(found[0])[1:-1]


def set_up_logs(form: str) -> None:
    """Send structlog and the libraries' own logs through one chain. form: text or json."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _clean_event,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), _positional, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)  # a line a request helps nobody live
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _positional(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event.pop("color_message", None)  # uvicorn's, for terminals
    record = event.get("_record")
    if record is not None and record.args:
        event["event"] = record.getMessage()
    return event
