"""A programme of one's own, written where the test reads it, and the files that come with the program."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.programme import apply, gather, library
from mapper.setup.read import read_as, read_partly
from mapper.store import database as store
from tests.conftest import csrf

OWN = """
programme: {code: FAIR, name: Fair work, source: Our own plan, starts: 2026-01-01}
outcomes:
  - code: O1
    text: Suppliers recruit without fees
    indicators:
      - {code: I1, text: Suppliers with an action plan, unit: count, target: 40}
      - {code: I2, text: Persons trained, unit: persons, target: 100}
      - {code: I3, text: Workers satisfied, unit: percent, target: 80}
      - {code: I4, text: Money repaid, unit: money, currency: USD}
"""


def put(text: str, folder: Path):
    """Store what a file says."""
    file = folder / "programme.yaml"
    file.write_text(text, encoding="utf-8")
    stated, problems = read_as(library.FORM, file)
    assert problems == ()
    with store.transaction() as session:
        return apply.apply(session, stated)


def refusals(text: str, folder: Path) -> list[str]:
    """What is wrong with a file, each with its line; nothing of it may be stored."""
    file = folder / "programme.yaml"
    file.write_text(text, encoding="utf-8")
    stated, problems = read_partly(library.FORM, file)
    try:
        with store.transaction() as session:
            apply.apply(session, stated, found=problems)
    except apply.Refused as refused:
        with store.session() as session:
            assert gather.programmes(session) == []
        return list(map(str, refused.problems))
    return []


@pytest.fixture
def own(people, tmp_path):
    put(OWN, tmp_path)


@pytest.fixture
def crest(people):
    """The outcomes of CREST that hold every kind of edge; `test_published` has the whole file."""
    stated, _ = read_as(library.FORM, library.path_of("crest"))
    some = tuple(each for each in stated.outcomes if each.code in ("O2", "O4", "REMEDY"))
    with store.transaction() as session:
        apply.apply(session, replace(stated, outcomes=some))


def send(client, path, **fields):
    """Post the form of a page as a browser does: with the hidden fields that it came with."""
    page = client.get(path).text
    base = re.search(r'name="loaded"[^>]*value="([^"]*)"', page)
    return client.post(path, data={"loaded": base[1] if base else "", **fields, "csrf_token": csrf(client)})


def framework(code="FAIR"):
    with store.session() as session:
        return gather.framework(session, gather.programme(session, code))


def link(client, page, label):
    """The address of a link by its words."""
    found = re.search(rf'href="([^"]+)"[^>]*>\s*(?:<bdi>)?{re.escape(label)}', client.get(page).text)
    assert found, f"{label} on {page}"
    return found[1].replace("&amp;", "&")
