"""Plain paper with headings, paragraphs, rows of columns and drawings; begun by core/pdf.py.

Set in DejaVu, which covers Latin, Cyrillic, Greek, Armenian, Georgian and more; it is built in with the
browser's files. For other scripts Paper.lacks() tells, so that a file can say: print the page instead.
"""

import logging
from collections.abc import Sequence
from unicodedata import bidirectional

from fpdf import FPDF, FontFace
from fpdf.enums import MethodReturnValue

from boathouse.core.assets import DIST
from boathouse.core.pictures import Box, Dot, Label, Line, Picture, Shape

FONTS = {"": "DejaVuSansCondensed.ttf", "B": "DejaVuSansCondensed-Bold.ttf"}  # by style
FAMILY = "print"
INK, SOFT, LINE = (20, 32, 38), (84, 98, 106), (205, 213, 217)
ACCENT, PALE = (10, 93, 117), (241, 244, 245)
BOLD = FontFace(emphasis="BOLD")
HEADING = FontFace(emphasis="BOLD", color=SOFT)
Ink = tuple[int, int, int] | None
# How the shapes of a drawing look on paper: filled with, and drawn with. Kinds not named are lines.
INKS: dict[str, tuple[Ink, Ink]] = {
    "full": ((10, 93, 117), None),
    "part": ((217, 235, 240), (10, 93, 117)),
    "none": (None, (112, 131, 138)),
    "area": ((217, 235, 240), None),
    "curve": (None, (10, 93, 117)),
    "still": (None, (112, 131, 138)),
    "mark": ((10, 93, 117), None),
    "dull": ((112, 131, 138), None),
    "hollow": ((255, 255, 255), (59, 80, 89)),
    "band0": ((241, 244, 245), None),
    "band1": ((248, 250, 250), None),
}
MARGIN = 16  # mm
logging.getLogger("fontTools").setLevel(logging.WARNING)  # tells of every table of a font it takes along


class Paper(FPDF):
    """One document on A4. title: shown in the reader's window; foot: a line below each page."""

    def __init__(self, title: str, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        for style, name in FONTS.items():
            self.add_font(FAMILY, style, DIST / "print" / name)
        self.set_title(title)
        self.set_lang("en")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN)
        self.add_page()

    def footer(self) -> None:
        """Called by fpdf2 at the end of each page."""
        self.set_y(-11)
        self._set("", 7.5, SOFT)
        self.cell(0, 4, f"{self.foot}   {self.page_no()}")

    def heading(self, words: str, size: float = 20, below: float = 12) -> None:
        """A title, or with a smaller size (points) that of a section. below: mm of what must stand with it
        on the same page, so that no heading is left alone at the end of one.
        """
        self._set("B", size)
        lines = self.multi_cell(
            0, size * 0.46, words, align="L", dry_run=True, output=MethodReturnValue.LINES
        )
        assert isinstance(lines, list)
        if self.get_y() + len(lines) * size * 0.46 + below > self.page_break_trigger:
            self.add_page()
            self._set("B", size)
        self.multi_cell(0, size * 0.46, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(size * 0.1)

    def paragraph(self, words: str, size: float = 9, *, soft: bool = False) -> None:
        """A few lines of text."""
        self._set("", size, SOFT if soft else INK)
        self.multi_cell(0, size * 0.5, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

    def quote(self, words: str, by: str = "", size: float = 11) -> None:
        """Somebody's own words, with a line beside them. by: whose."""
        top = self.get_y()
        with self.local_context():
            self.set_left_margin(MARGIN + 5)
            self.set_x(MARGIN + 5)
            self.paragraph(words, size)
            if by:
                self.paragraph(by, 8.5, soft=True)
            self.set_left_margin(MARGIN)
        self.set_draw_color(*ACCENT)
        self.set_line_width(0.7)
        self.line(MARGIN + 0.5, top, MARGIN + 0.5, self.get_y() - 1)
        self.set_line_width(0.2)
        self.ln(2)

    def note(self, words: str) -> None:
        """What to know before one reads on."""
        self._set("", 8.5)
        self.set_fill_color(*PALE)
        self.multi_cell(0, 4.6, words, align="L", fill=True, padding=(2, 3), new_x="LMARGIN", new_y="NEXT")
        self.set_fill_color(255)
        self.ln(2)

    def lacks(self, text: str) -> bool:
        """Whether some letter of this text cannot be set: it has no picture, or is read from the right."""
        known = getattr(self.fonts[FAMILY], "cmap", {})
        letters = [letter for letter in text if letter.isprintable()]
        return any(ord(one) not in known or bidirectional(one) in ("R", "AL") for one in letters)

    def rows(self, widths: Sequence[float], rows: Sequence[Sequence[str]], size: float = 8.5) -> None:
        """Rows of columns, the second bold. widths: shares of the line."""
        self._set("", size)
        self.set_draw_color(*LINE)
        with self.table(
            borders_layout="HORIZONTAL_LINES",
            col_widths=tuple(widths),
            first_row_as_headings=False,
            line_height=size * 0.48,
            padding=(1.1, 1.5, 1.1, 0),
            text_align="LEFT",
            v_align="TOP",
        ) as table:
            for texts in rows:
                row = table.row()
                for column, text in enumerate(texts):
                    row.cell(text, style=BOLD if column == 1 else None)
        self.ln(2.5)

    def grid(
        self, widths: Sequence[float], columns: Sequence[str], rows: Sequence[Sequence[str]], size: float = 8
    ) -> None:
        """A table whose heading is repeated on every page. widths: shares of the line."""
        self._set("", size)
        self.set_draw_color(*LINE)
        ruled = self.table(
            borders_layout="HORIZONTAL_LINES",
            col_widths=tuple(widths),
            headings_style=HEADING,
            line_height=size * 0.48,
            padding=(0.9, 1.5, 0.9, 0),
            text_align="LEFT",
        )
        with ruled as table:
            for texts in (columns, *rows):
                table.row(texts)
        self.ln(2.5)

    def picture(self, *pictures: Picture) -> None:
        """Drawings beside one another across the line; on the next page if they do not fit on this."""
        gap = 8.0
        width = (self.epw - gap * (len(pictures) - 1)) / len(pictures)
        height = max(each.height * width / each.width for each in pictures)
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()
        top = self.get_y()
        with self.local_context():
            for number, each in enumerate(pictures):
                for shape in each.shapes:
                    self._draw(shape, width / each.width, self.l_margin + number * (width + gap), top)
        self.set_xy(self.l_margin, top + height)
        self.ln(1.5)

    def _draw(self, shape: Shape, scale: float, left: float, top: float) -> None:
        if isinstance(shape, Label):
            self._write(shape, scale, left, top)
            return
        fill, stroke = INKS.get(shape.kind, (None, LINE))
        style = ("D" if stroke else "") + ("F" if fill else "")
        self.set_line_width(0.5 if shape.kind in ("curve", "still") else 0.18)
        self.set_draw_color(*(stroke or LINE))
        self.set_fill_color(*(fill or (255, 255, 255)))
        if isinstance(shape, Box):
            x, y = left + shape.x * scale, top + shape.y * scale
            self.rect(x, y, shape.width * scale, shape.height * scale, style)
        elif isinstance(shape, Dot):
            self.circle(left + shape.x * scale, top + shape.y * scale, shape.radius * scale, style)
        elif isinstance(shape, Line):
            points = [(left + x * scale, top + y * scale) for x, y in shape.points]
            self.polyline(points, polygon=shape.is_area, style=style)

    def _write(self, label: Label, scale: float, left: float, top: float) -> None:
        quiet = label.kind == "quiet"
        self._set("" if quiet else "B", 14 * scale / 0.3528, SOFT if quiet else INK)
        wide = self.get_string_width(label.text)
        before = {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
        self.text(left + label.x * scale - before, top + label.y * scale, label.text)

    def content(self) -> bytes:
        """The file."""
        return bytes(self.output())

    def _set(self, style: str, size: float, ink: tuple[int, int, int] = INK) -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*ink)
