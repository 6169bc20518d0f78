"""Text of a mail that came as HTML only: what is quoted gets `>`, and nothing is carried out.

A tokenizer and no tree: whoever writes HTML to harm can make any correct tree grow with the square
of what they sent (ADR 0024). Each tag is looked at once.
"""

import re
from html import unescape

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+)>""",
)
_START = re.compile(r"<(?=/?[a-zA-Z]|[!?])")
"""Where a tag or a comment begins; any other `<` is text."""
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_UNSEEN = {0x200B: None, 0xFEFF: None, 0xAD: None}
_SKIPPED = {
    name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE)
    for name in ("script", "style", "title", "template", "svg", "math", "object", "iframe")
}
"""What is never read, with its end."""
_APART = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre"}
)
"""With a blank line above and below."""
_BLOCKS = _APART | {
    *("div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "address"),
    *("center", "form", "fieldset", "main", "nav", "aside", "figure", "body", "html"),
}
_CELLS = frozenset({"td", "th"})
_RULE = "_" * 32
_DEEPEST = 40
"""Marks before a line; what is quoted deeper has as many."""


def plain_of_html(html: str) -> str:
    """Return the text of an HTML mail, a line for each paragraph or row, quoted lines with `>`.

    Scripts, styles, addresses of links and pictures are left out. Takes time in proportion to the
    length; HTML that is broken off gives what there is.
    """
    page, at = _Page(), 0
    while tag := _START.search(html, at):
        page.text(html[at : tag.start()])
        at = _after(html, tag.start(), page)
        if at < 0:
            return page.whole()
    page.text(html[at:])
    return page.whole()


def _after(html: str, at: int, page: "_Page") -> int:
    """Take in a tag or comment and return where it ends; -1 where it never does."""
    if html.startswith("<!--", at):
        end = html.find("-->", at + 4)
        return -1 if end < 0 else end + 3
    if html[at + 1] in "!?":
        return html.find(">", at) + 1 or -1
    found = _TAG.match(html, at)
    if found is None:
        page.text(html[at:])
        return -1
    name, opens = found[2].lower(), not found[1]
    if opens and name in _SKIPPED and not found[3].endswith("/"):
        closing = _SKIPPED[name].search(html, found.end())
        return closing.end() if closing else -1
    page.tag(name, opens=opens)
    return found.end()


class _Page:
    """Lines as they come."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = self._kept_as_is = 0
        self._apart = False

    def text(self, raw: str) -> None:
        """Take in what stands between two tags."""
        if not raw:
            return
        try:
            text = unescape(raw)
        except ValueError:  # a number of more digits than Python reads
            text = raw
        text = text.translate(_UNSEEN)
        if self._kept_as_is:
            first, *more = text.split("\n")
            self._line.append(first)
            for line in more:
                self._end_line(blank=True)
                self._line.append(line)
        elif words := _SPACE.sub(" ", text):
            self._line.append(words)

    def tag(self, name: str, *, opens: bool) -> None:
        """Take in a tag."""
        if name == "br":
            self._end_line(blank=True)
        elif name in _CELLS and not opens:
            self._line.append(" ")
        elif name == "hr":
            self._end_line()
            self._line.append(_RULE)
            self._end_line()
        elif name in _BLOCKS:
            self._end_line()
            self._apart = self._apart or name in _APART
            step = 1 if opens else -1
            if name == "blockquote":
                self._quotes = max(0, self._quotes + step)
            elif name == "pre":
                self._kept_as_is = max(0, self._kept_as_is + step)
            elif name == "li" and opens:
                self._line.append("- ")

    def whole(self) -> str:
        """Return all lines."""
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _end_line(self, *, blank: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._kept_as_is else _SPACE.sub(" ", line).strip()
        self._line.clear()
        marks = ">" * min(self._quotes, _DEEPEST)
        if not line:
            if blank:
                self._apart = True
            return
        if self._apart and self._lines and self._lines[-1].strip("> "):
            self._lines.append(marks)
        self._apart = False
        self._lines.append(f"{marks} {line}" if marks else line)
