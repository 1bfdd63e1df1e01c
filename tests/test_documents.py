"""What the documents promise is what the code has."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_lists_every_variable_that_is_read():
    sources = [
        (ROOT / "pip_network" / name).read_text("utf-8")
        for name in ("settings.py", "running/serve/place.py", "running/serve/web.py")
    ]
    read = {
        name
        for source in sources
        for name in re.findall(r'(?:env\.\w+|environ\.get)\(\s*"([A-Z_]+)"', source)
    }
    told = {
        name
        for row in README.split("## Configuration")[1].splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`([A-Z_]{4,})`", row.split("|")[1])
    }
    compose_only = {"POSTGRES_PASSWORD", "WORKERS"}
    assert told - compose_only == read - {"PIP_SUPERVISOR"}


def test_the_readme_names_every_command_of_make():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()
    assert [
        each for each in targets if each not in ("help", "python") and f"make {each}" not in README
    ] == []


def test_compose_passes_on_only_variables_that_are_read():
    compose = (ROOT / "docker-compose.yml").read_text("utf-8").split("volumes:")[0]
    passed = set(re.findall(r"^    ([A-Z_]+):", compose, re.M))
    assert passed - set(re.findall(r"`([A-Z_]{4,})`", README)) == set()


DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_links_between_documents_lead_somewhere():
    for file in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), f"{file.name}: {target}"


MODULE = re.compile(r"`(\w+/(?:[\w/.]+(?:/|\.(?:py|csv|html|typ)))?|\w+\.py)`")


def test_every_module_and_folder_that_a_document_names_is_there():
    """From the root, beside the document, or for the rooms of floor 0 from `pip_network/`."""
    named = {(file, path) for file in DOCUMENTS for path in MODULE.findall(file.read_text("utf-8"))}
    assert len(named) > 100
    assert [
        f"{file.name}: {path}"
        for file, path in sorted(named)
        if not any((root / path).exists() for root in (ROOT, file.parent, ROOT / "pip_network"))
    ] == []


def test_every_requirement_is_pinned_with_the_digests_of_its_files():
    """One of source, or of a wheel, at least; pip refuses what has none."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text().replace(" \\\n    ", " ")
        lines = [line for line in text.splitlines() if line and not line.startswith(("#", "-r"))]
        pinned = re.compile(
            r'[\w.-]+(\[\w+\])?==[\w.]+(; python_full_version < "[\d.]+")?'
            r"( --hash=sha256:[0-9a-f]{64})+"
        )
        assert len(lines) > 20
        assert [line for line in lines if not pinned.fullmatch(line)] == []


def test_whoever_installs_them_asks_for_the_digests():
    for name in ("Dockerfile", "pip_network/running/serve/environment.py"):
        assert "--require-hashes" in (ROOT / name).read_text("utf-8"), name


def test_the_version_is_the_first_heading_of_the_changelog(settings):
    assert (
        re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[1]
        == settings.VERSION
    )


def test_decisions_are_numbered_without_gaps_and_have_a_date_and_a_status():
    folder = ROOT / "docs" / "adr"
    records = sorted(folder.glob("[0-9]*.md"))
    assert [file.name[:4] for file in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    index = (folder / "README.md").read_text("utf-8")
    for file in records:
        title, mark = file.read_text("utf-8").split("\n\n")[:2]
        day, status = re.fullmatch(r"\*(\d{4}-\d\d-\d\d) · (.+)\*", mark).groups()
        assert re.fullmatch(r"accepted|superseded by \d{4}", status), file.name
        row = f"| [{file.name[:4]}]({file.name}) | {title[2:]} | {day} | {status} |"
        assert row in index.splitlines(), row
