"""PDF files: a page of plain paper with headings, paragraphs and rows of columns.

Set in DejaVu, which covers Latin, Cyrillic, Greek, Armenian, Georgian and more; it is built in with the
browser's files. Whoever needs another script prints the HTML page.
"""

from collections.abc import Sequence

from fpdf import FPDF, FontFace

from boathouse.core.web.pages import DIST

FONTS = {"": "DejaVuSansCondensed.ttf", "B": "DejaVuSansCondensed-Bold.ttf"}  # by style
FAMILY = "print"
INK, SOFT, LINE = (20, 32, 38), (84, 98, 106), (205, 213, 217)
BOLD = FontFace(emphasis="BOLD")
MARGIN = 16  # mm
MEDIA_TYPE = "application/pdf"


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

    def heading(self, words: str, size: float = 20) -> None:
        """A title, or with a smaller size (points) that of a section."""
        self._set("B", size)
        self.multi_cell(0, size * 0.46, words, new_x="LMARGIN", new_y="NEXT")
        self.ln(size * 0.1)

    def paragraph(self, words: str, size: float = 9, *, soft: bool = False) -> None:
        """A few lines of text."""
        self._set("", size, SOFT if soft else INK)
        self.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

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
        ) as table:
            for texts in rows:
                row = table.row()
                for column, text in enumerate(texts):
                    row.cell(text, style=BOLD if column == 1 else None)
        self.ln(2.5)

    def content(self) -> bytes:
        """The file."""
        return bytes(self.output())

    def _set(self, style: str, size: float, ink: tuple[int, int, int] = INK) -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*ink)
