"""Take what Parvis uses of the GC Design System into parvis/web/static/gcds/.

Usage: npm pack @gcds-core/components@1.3.1 @gcds-core/css-shortcuts@1.2.0 @gcds-core/fonts@1.1.1
       python scripts/vendor_design_system.py FOLDER-WITH-THE-THREE-ARCHIVES

Its style sheets hold 1.2 MB, import fonts from another host, and style elements that are empty
without JavaScript. We take the values (custom properties) that parvis.css names, and three fonts.
"""

import re
import sys
import tarfile
from pathlib import Path

STATIC = Path(__file__).parent.parent / "parvis" / "web" / "static"
SHEETS = {
    "gcds-core-css-shortcuts": "dist/gcds-css-shortcuts.css",
    "gcds-core-components": "dist/gcds/gcds.css",
}
FONTS = {
    "lato/gcds-lato.woff2": "lato-bold.woff2",
    "noto-sans/gcds-noto-sans-regular.woff2": "noto-sans-regular.woff2",
    "noto-sans/gcds-noto-sans-bold.woff2": "noto-sans-bold.woff2",
    "lato/LICENSE.txt": "lato-LICENSE.txt",
    "noto-sans/LICENSE.txt": "noto-sans-LICENSE.txt",
}
NAMED = re.compile(r"var\((--gcds-[\w-]+)")
DEFINED = re.compile(r"(--gcds-[\w-]+):\s*([^;}]+)")


def main(folder: Path) -> None:
    """Write the tokens and the fonts."""
    versions, values = [], {}
    for package, sheet in SHEETS.items():
        version, text = _read(folder, package, sheet)
        versions.append(f"@{package.replace('-core-', '-core/')} {version}")
        values |= {name: " ".join(value.split()) for name, value in DEFINED.findall(text.decode())}
    wanted = set(NAMED.findall((STATIC / "parvis.css").read_text()))
    lines = [f"  {name}: {values[name]};" for name in sorted(_with_what_they_name(wanted, values))]
    source = f"{', '.join(versions)}; MIT"
    head = f"/* Values of the GC Design System ({source}), by {Path(__file__).name}. */"
    tokens = "\n".join([head, ":root {", *lines, "}", ""])
    (STATIC / "gcds" / "tokens.css").write_text(tokens)
    for theirs, ours in FONTS.items():
        _, data = _read(folder, "gcds-core-fonts", f"fonts/{theirs}")
        (STATIC / "gcds" / ours).write_bytes(data)
    print(f"{len(lines)} values and {len(FONTS)} files of {source}")


def _with_what_they_name(wanted: set[str], values: dict[str, str]) -> set[str]:
    """Return these names and those in their values; fail on one that the system does not have."""
    found: set[str] = set()
    while wanted:
        if missing := wanted - values.keys():
            sys.exit(f"parvis.css names what the design system does not have: {sorted(missing)}")
        found |= wanted
        wanted = {inner for name in wanted for inner in NAMED.findall(values[name])} - found
    return found


def _read(folder: Path, package: str, name: str) -> tuple[str, bytes]:
    """Return the version of a packed package, and one of its files."""
    archives = sorted(folder.glob(f"{package}-[0-9]*.tgz"))
    if len(archives) != 1:
        sys.exit(f"{folder} should hold one {package}-….tgz; it holds {len(archives)}")
    with tarfile.open(archives[0]) as archive:
        member = archive.extractfile(f"package/{name}")
        if member is None:
            sys.exit(f"{archives[0]} does not hold {name}")
        return archives[0].stem.rpartition("-")[2], member.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else sys.exit(__doc__))
