"""Render the documents that the extension brings along as pages, which need no network."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path
from string import Template

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

PAGES = {
    "extension": "The extension",
    "rules": "What you can say",
    "worlds": "Worlds",
    "search": "Finding numbers",
    "rewards": "Rewards",
    "fidelity": "What is carried",
    "limits": "Limits",
}
"""Documents by their file's name, with what the menu calls them; the limits are a section of the README."""

PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title – Code as Dynamics</title>
<style>
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
body { overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; border-bottom: 1px solid var(--line); padding-bottom: .6rem; }
nav a[aria-current] { color: inherit; font-weight: bold; text-decoration: none; }
h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; }
td, th { overflow-wrap: break-word; }
td, th { text-align: left; padding: .3rem .8rem .3rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
code, pre { background: var(--soft); border-radius: 4px; font-size: 14px; } code { padding: .1rem .2rem; }
pre { padding: .8rem; white-space: pre-wrap; } pre code { background: none; padding: 0; }
img { max-width: 100%; height: auto; }
</style>
</head>
<body>
<nav>$menu</nav>
<main>
$text</main>
</body>
</html>
""")


def write_pages(folder: Path) -> None:
    """Write every page, and the pictures that they show, into a new folder."""
    folder.mkdir()
    for name in PAGES:
        (folder / f"{name}.html").write_text(page(name, folder), encoding="utf-8")


def page(name: str, folder: Path) -> str:
    """One page; its pictures are copied into the folder. Links to what is not brought along become plain words."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(_source(name))
    _name_headings(tokens)
    for token in tokens:
        token.children = _brought_along(token.children, folder) if token.children else token.children
    links = (f'<a href="{n}.html"{" aria-current=page" * (n == name)}>{shown}</a>' for n, shown in PAGES.items())
    text = reader.renderer.render(tokens, reader.options, {})
    return PAGE.substitute(title=PAGES[name], menu="\n".join(links), text=text)


def _source(name: str) -> str:
    if name != "limits":
        return (DOCS / f"{name}.md").read_text(encoding="utf-8")
    section = re.search(r"^## Limits\n(.*?)(?=^## |\Z)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert section is not None, "README.md has no section 'Limits'"
    items = [part for part in section[1].split("\n\n") if part.lstrip().startswith("- ")]
    return "\n\n".join(["# Limits", *items]).replace("](docs/", "](")


def _name_headings(tokens: list[Token]) -> None:
    """Give headings the names that links within the documents lead to."""
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w\- ]", "", inside.content.lower())
            token.attrSet("id", words.replace(" ", "-"))


def _brought_along(tokens: list[Token], folder: Path) -> list[Token]:
    """The tokens of a line with links to pages that are there, and pictures beside them."""
    kept: list[Token] = []
    opened: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            target, _, part = str(token.attrs["href"]).partition("#")
            is_there = not target or target.startswith("http") or target.removesuffix(".md") in PAGES
            opened.append(is_there)
            if target.endswith(".md"):
                token.attrSet("href", target.removesuffix("md") + "html" + (f"#{part}" if part else ""))
        if token.type == "text" and token.content.endswith(".md"):
            token.content = PAGES.get(Path(token.content).stem, token.content)
        if token.type == "image":
            source = DOCS / str(token.attrs["src"])
            shutil.copy(source, folder / source.name)
            token.attrSet("src", source.name)
        if not token.type.startswith("link_") or opened[-1]:
            kept.append(token)
        if token.type == "link_close":
            opened.pop()
    return kept
