"""Readers outside the audit team read releases and nothing else: what arrives beside a release changes nothing."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlmodel import select

from mapper.assessment import assess
from mapper.assessment.ways import ways
from mapper.cli.score import score as score_command
from mapper.definition import library
from mapper.intake import publish
from mapper.intake.withdraw import erase_all
from mapper.store import database as store
from mapper.store import evidence
from mapper.store.study_tables import Publication
from mapper.store.tables import Definition, Mapping, Round, Supplier, SupplyLink
from mapper.summary.chain_map import of_score
from mapper.web import access
from tests.release.conftest import CANARY, WORKER

WAGE = {"first_wage": {"amount": 30_000, "currency": "NPR", "period": "month"}}
# Of 43 workers 37 paid an agent; 34 are held, and 4 met a lender. What leaves is about 45, 35, 35 and no lender.
EXACT = re.compile(r"(?<![\w.,])(?:43|37|34|86|7[.,]?391|22[.,]?173)(?![\d.,]*\w)|0\.86\d|0\.79\d|0\.246\d*")
ROUNDED = re.compile(r"(?<![\d.,])(?:15|38|40)(?![\d.,]*\d)")
MARKED = re.compile(  # `≈ 40`, `about 40`, `about 15 of 40 (38 %)`, the upper end of an interval, or a limit of a rule
    r"(≈|[Aa]bout|[Aa]bout \d+ of|[Aa]bout \d+ of \d+ \(|≈ [\d.]+ % –|the limit is|at least) ?$"
)
HIDDEN = re.compile(rf"{CANARY}|lender", re.I)
ASKED = {"supplier": "MILL", "round": "R1", "ends": "NP-MY"}
OF_ONES_OWN = {"/account"}  # says when somebody signed in, and nothing of a mapping
MORE = ("/suppliers/mapping-summary.xlsx?supplier=MILL&round=R1", "/suppliers/MILL/R1/map.svg?lang=ar",
        "/suppliers/compare?round=R1&supplier=MILL", "/suppliers/?round=R1&sort=paid&q=Mill")  # fmt: skip
CHANGES = re.compile(r'name="(csrf_token|once)" value="[^"]+"')  # what differs from one request to the next


def addresses(app, role) -> list[str]:
    """Every page and file that a role may get and that needs no more than a supplier, a round or a corridor."""
    adapter = app.url_map.bind("localhost")
    found = set()
    for rule in app.url_map.iter_rules():
        open_to = access.RULES.get(rule.endpoint, frozenset())
        is_ours = role in open_to and access.ANONYMOUS not in open_to
        if "GET" in rule.methods and rule.arguments <= ASKED.keys() and is_ours:
            found.add(adapter.build(rule.endpoint, {name: ASKED[name] for name in rule.arguments}))
    return sorted(found - OF_ONES_OWN)


def gets(client, role) -> Iterator[tuple[str, int, str]]:
    for address in addresses(client.application, role):
        answer = client.get(address)
        yield address, answer.status_code, said(answer)


def said(answer) -> str:
    if answer.data.startswith(b"PK"):
        book = load_workbook(io.BytesIO(answer.data))
        return str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
    if answer.data.startswith(b"%PDF"):
        import pypdfium2

        with pypdfium2.PdfDocument(answer.data) as document:
            return " ".join(page.get_textpage().get_text_range() for page in document)
    return CHANGES.sub("", answer.text)


READERS = ("reviewer", "supplier", "other_reviewer")


def everything(sign_in) -> dict[tuple[str, str], tuple[int, str]]:
    answer = CliRunner().invoke(score_command, ["--json", "--audience", "release"])
    return {("command", "score"): (200, answer.stdout)} | {
        (who, address): (status, text)
        for who in READERS
        for address, status, text in gets(sign_in(who), who.removeprefix("other_"))
    }


def test_nothing_that_a_reader_gets_changes_with_interviews_that_are_not_released(world, sign_in) -> None:
    """Nine of them, who all tell the worst: the release holds, and so do band, counts, plans and files."""
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    world.release()
    before = everything(sign_in)
    assert sum(status == 200 for status, _ in before.values()) >= 20, sorted(before)
    assert any("About 15 of 40" in text for _, text in before.values()), "otherwise nothing would be compared"
    world.fill(9, gender="another", held="yes", moved="yes", in_own_words=CANARY)
    after = everything(sign_in)
    assert [where for where in before if before[where] != after[where]] == []
    assert not any(CANARY in text for _, text in after.values())


def test_an_interview_with_another_questionnaire_is_no_part_of_a_release_made_before_it(
    world, sign_in, tmp_path
) -> None:
    """Neither what the release leaves out nor which questionnaires it lists tells that there was one since."""
    path = tmp_path / "definitions" / "tiny_second.yaml"
    path.write_text(WORKER.replace("tiny_worker", "tiny_second").replace("icls_c5", "second_c5"))
    second = library.load(path, root=path.parent)
    with store.transaction() as session:
        publish(session, second)
        session.add_all(
            Publication(name=one.name, action="publish", version=one.version, reason="Test")
            for one in (world.survey, second)
        )
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    world.release()
    before = everything(sign_in)
    world.survey = second
    world.fill(1, held="yes")
    after = everything(sign_in)
    assert "tiny_worker" in before["reviewer", "/suppliers/mapping-summary.xlsx"][1]
    assert [where for where in before if before[where] != after[where]] == []


def test_a_release_stays_when_everybody_behind_it_withdraws(world, sign_in) -> None:
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    world.release()
    before = everything(sign_in)
    with store.transaction() as session:
        for response in world.added:
            erase_all(session, response)
    after = everything(sign_in)
    assert [where for where in before if before[where] != after[where]] == []


def test_before_a_release_only_that_there_is_none_is_read(world, sign_in) -> None:
    world.fill(24)
    before = everything(sign_in)
    world.fill(16, gender="man", held="yes", moved="yes", in_own_words=CANARY)
    after = everything(sign_in)
    assert [where for where in before if before[where] != after[where]] == []


def test_no_sum_tells_of_a_supplier_that_is_not_released_yet_and_its_page_says_that(world, sign_in) -> None:
    """Three on one corridor, of which one is released: what is subtracted from a sum would be the other two."""
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    world.release()
    others = [beside(world, code) for code in ("YARD", "MOOR")]
    for other in others:
        other.fill(20, recruitment_chain=[met("ra_origin", 100)], **WAGE)
    auditor, client = sign_in("auditor"), sign_in("reviewer")
    auditor.get("/suppliers/")  # whose sums are kept in the store
    pages = ("/corridors/", "/corridors/NP-MY", "/suppliers/", "/suppliers/YARD/R1", "/suppliers/mapping-summary.xlsx")
    before = {page: said(client.get(page)) for page in pages}
    others[0].fill(12, held="yes", moved="yes", recruitment_chain=[met("sub_agent")], **WAGE)
    auditor.get("/suppliers/")
    assert {page: said(client.get(page)) for page in pages} == before
    summed = "of workers whose cost is known paid"
    assert (summed in before["/corridors/"], summed in auditor.get("/corridors/").text) == (False, True)
    assert "Figures from workers' answers are shown when the audit team has released them" in before[pages[3]]


def beside(world, code: str):
    """The same mapping, round and questionnaire at another supplier of the same buyer."""
    supplier = Supplier(code=code, name=code.title(), country="MY")
    with store.transaction() as session:
        session.add(supplier)
        session.flush()
        asked = session.get_one(Mapping, session.get_one(Round, world.round).mapping_id)
        session.add(SupplyLink(buyer_id=asked.buyer_id, supplier_id=supplier.id, tier=1))
        return replace(world, supplier=supplier.id)


def test_an_indicator_was_asked_about_since_the_first_version_that_has_it(world) -> None:
    with store.transaction() as session:
        [kept] = session.exec(select(Definition))
        indicators = [*kept.source["indicators"], {"name": "added"}]
        tomorrow = kept.published + timedelta(days=1)
        source = {**kept.source, "indicators": indicators}
        session.add(Definition(version="2", name=kept.name, source=source, published=tomorrow))
        day = kept.published.date()
    with store.session() as session:
        found = evidence.asked_since(session, ["tiny_worker"])
    assert found == {"icls_v2": day, "icls_c5": day, "added": tomorrow.date()}


def test_another_buyer_of_the_supplier_gets_nothing_of_a_release_that_is_not_its_own(world, sign_in) -> None:
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    other = [one for one in everything(sign_in).items() if one[0][0] == "other_reviewer"]
    world.release()
    assert [one for one in everything(sign_in).items() if one[0][0] == "other_reviewer"] == other


def met(actor: str, amount: int = 7_391, receipt: str = "no") -> dict[str, object]:
    paid = {"chain_paid": "yes", "chain_amount": {"amount": amount, "currency": "NPR"}, "chain_receipt": receipt}
    return {"chain_actor": actor, "chain_place": CANARY, **paid}


def interviewed(world) -> None:
    """43 workers with a chain: exact counts that rounding hides, and a kind of actor that too few met."""
    agent, agency = met("sub_agent"), {"chain_actor": "ra_origin", "chain_place": CANARY, "chain_paid": "no"}
    world.fill(30, held="yes", recruitment_chain=[agent, agency], **WAGE)
    world.fill(4, held="yes", recruitment_chain=[agent, met("lender", 22_173, "yes")], in_own_words=CANARY, **WAGE)
    world.fill(3, gender="man", recruitment_chain=[agent], supervisor=CANARY, **WAGE)
    world.fill(6, gender="man", recruitment_chain=[agency], **WAGE)


def read(text: str) -> str:
    """What can be read: without tags, whose attributes hold places on drawings, and without what may be chosen."""
    return re.sub(r"<select.*?</select>|<[^>]+>", " ", text, flags=re.S)


def leaks(found) -> list[tuple[str, str]]:
    """Where something stands that the release does not hold."""
    return [
        (f"{who} {address}", leak[0])
        for (who, address), (_, text) in found.items()
        for leak in (*EXACT.finditer(read(text)), *HIDDEN.finditer(read(text)))
    ]


def test_no_page_and_no_file_says_what_the_release_does_not_hold(world, sign_in) -> None:
    interviewed(world)
    world.release()
    found = everything(sign_in)
    client = sign_in("reviewer")
    found |= {("reviewer", path): ((answer := client.get(path)).status_code, said(answer)) for path in MORE}
    assert all(found["reviewer", path][0] == 200 for path in MORE)
    assert leaks(found) == []
    page = found["reviewer", "/suppliers/MILL/R1"][1]
    assert "≈\u00a078\u00a0%" in read(page), "the map is there: about 35 of 45 met an agent"


def test_a_leak_in_the_map_would_be_noticed(world, sign_in, monkeypatch) -> None:
    """The audit team's map on the reviewer's page."""
    interviewed(world)
    world.release()
    monkeypatch.setattr(import_module("mapper.web.review.supplier"), "map_of", exact_map)
    page = sign_in("reviewer").get("/suppliers/MILL/R1")
    told = {leak for _, leak in leaks({("reviewer", "page"): (200, said(page))})}
    assert {"43", "37", "86", "Lender"} <= told


def exact_map(score, _summary):
    with store.session() as session:
        [exact] = assess(session, ["MILL"], audience="audit").suppliers
        return of_score(exact, ways(session, exact.supplier, exact.round), {})


def test_no_rounded_figure_stands_without_its_mark(world, sign_in) -> None:
    """Of 40 workers 15 are held: wherever 40, 15 or 38 % are told of them, it is said that they are about that."""
    world.fill(24, recruitment_chain=[met("sub_agent")], **WAGE)
    world.fill(16, gender="man", held="yes", moved="yes", recruitment_chain=[met("ra_origin")], **WAGE)
    world.release()
    told = [(address, " ".join(read(text).split())) for address, status, text in gets(sign_in("reviewer"), "reviewer")
            if status == 200 and text.startswith("<!doctype")]  # fmt: skip
    figures = [(address, words, one) for address, words in told for one in ROUNDED.finditer(words)]
    assert len(figures) > 50
    bare = [(address, words[one.start() - 30 : one.end() + 10]) for address, words, one in figures
            if not MARKED.search(words[: one.start()])]  # fmt: skip
    assert bare == []


@pytest.mark.parametrize("path", ["/suppliers/MILL/R1", "/suppliers/mapping-summary.xlsx?supplier=MILL"])
def test_no_header_tells_when_or_whether_something_changed(world, sign_in, path) -> None:
    world.fill(30)
    world.release()
    headers = sign_in("reviewer").get(path).headers
    assert not {"ETag", "Last-Modified"} & set(headers.keys())
    assert "no-store" in headers["Cache-Control"]


def test_a_release_names_the_method_that_made_it_and_says_whom_its_intervals_describe(world, sign_in) -> None:
    """Workers who were not drawn at random stand for nobody else; a method of today did not make a release of then."""
    world.fill(24)
    world.fill(16, gender="man", held="yes", moved="yes")
    with store.transaction() as session:
        session.get_one(Round, world.round).sampling = {"default": "quota"}
    world.show(world.prepare().released)  # by version 1 of the method
    client = sign_in("reviewer")
    supplier, told = (client.get(f"/suppliers/MILL/R1{part}").text for part in ("", "/trace"))
    assert "version 1, indicator set" in supplier
    assert "This describes the people interviewed, not the workforce." in supplier
    assert "figures describe those interviewed, not the workforce" in told
    for file in ("mapping-summary.xlsx?round=R1", "MILL/R1/mapping-summary.pdf"):
        assert "icls20, 1" in said(client.get(f"/suppliers/{file}"))
