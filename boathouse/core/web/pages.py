"""Templates: one environment, autoescape always, nothing marked safe but cleaned Markdown and drawings."""

from typing import Any

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from boathouse.core.assets import DIST, PACKAGE
from boathouse.core.clock import iso, now
from boathouse.core.names import listed

TAGS = {"p", "strong", "em", "ul", "ol", "li", "code", "blockquote", "h3", "h4", "a", "br"}

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image"])


def markdown(text: str) -> Markup:
    """Markdown as clean HTML: no raw HTML, no pictures, links that open apart."""
    html = nh3.clean(_markdown.render(text), tags=TAGS, link_rel="noopener noreferrer")
    return Markup(html)  # noqa: S704 - cleaned by nh3


def static(name: str) -> str:
    """The address of a built file, new with every build so that it can be cached for ever."""
    stamp = DIST / ".fingerprint"
    version = stamp.read_text()[:12] if stamp.is_file() else "none"
    return f"/static/{name}?v={version}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PACKAGE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # create_app turns it on for development
    )
    environment.globals.update(static=static, now=now)
    environment.filters.update(markdown=markdown, iso=iso, listed=listed)
    return environment


environment = _environment()


def partial(template: str, /, **context: Any) -> str:
    """A region's html, without anything of the viewer."""
    return environment.get_template(template).render(context)


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page. The template also knows the request's nonce, path and the signed-in person."""
    html = environment.get_template(template).render(
        context,
        nonce=request.state.nonce,
        path=request.url.path,
        visitor=getattr(request.state, "visitor", None),
    )
    return HTMLResponse(html, status)


def wants_fragment(request: Request) -> bool:
    """True for a request made by htmx, which swaps a part of the page."""
    return request.headers.get("hx-request") == "true"
