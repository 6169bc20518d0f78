"""What our templates and modules say through gettext, extracted anew (no xgettext needed)."""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize
from jinja2.ext import babel_extract

WEB = Path(__file__).parents[2] / "parvis" / "web"
DRAWN = WEB / "drawn"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}


def messages(*folders: Path) -> set[str]:
    """Return every message id that a page of ours may say; of some folders only, if any."""
    found: set[str] = set()
    for path in () if folders else DRAWN.glob("*.html"):
        with path.open("rb") as template:
            for _, _, message, _ in babel_extract(template, ["_"], [], {"silent": "false"}):
                assert isinstance(message, str), f"{path.name} says more than plain messages"
                found.add(message)
    among = folders or (WEB,)
    for path in (path for ending in ("html", "txt", "py") for folder in among
                 for path in folder.rglob(f"*.{ending}")):  # fmt: skip
        if path.parent == DRAWN:
            continue
        source = path.read_text()
        if path.suffix != ".py":
            # Python of a kind: calls among crossed-out words, which must not look indented.
            lines = templatize(source, origin=str(path)).splitlines()
            source = "\n".join(line.strip() for line in lines)
        for _, message, _, _ in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            found.update([message] if isinstance(message, str) else message)
    return found
