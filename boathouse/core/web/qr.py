"""Draws QR codes as SVG for the page itself: no picture to fetch, sharp on every projector."""

import segno
from markupsafe import Markup


def qr_drawing(address: str) -> Markup:
    """A square SVG without size, dark on nothing: it needs a light ground in both colour schemes."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None, dark="#10242c")
    return Markup(svg.replace("<svg ", '<svg role="img" aria-label="QR code of the link" ', 1))  # noqa: S704
