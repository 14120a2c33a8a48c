"""From an upload to interviews: drafts, what is wrong with them, publishing, retiring, taking back."""

import html
import re
import zipfile
from dataclasses import fields, replace
from io import BytesIO
from tempfile import gettempdir
from uuid import UUID, uuid4

import pytest
from openpyxl import Workbook
from sqlmodel import select

from mapper import paths
from mapper.definition import library
from mapper.definition.clashes import clashes
from mapper.definition.model import Indicator, Question
from mapper.definition.vocabulary import ACTORS, STAGES
from mapper.exchange import drafts
from mapper.exchange.compose import Home, compose, files_of
from mapper.exchange.difference import FACTS, OF_INDICATOR, RULES, TEXTS, WEIGHED, difference
from mapper.exchange.sample import SHEETS
from mapper.exchange.unpack import MOST_UNPACKED
from mapper.exchange.upload import read_upload
from mapper.intake import definitions, receive
from mapper.language.catalogue import translator, translator_of
from mapper.store import audit, publications
from mapper.store import database as store
from mapper.store.study_tables import Publication, StudyDraft
from mapper.store.tables import AuditEvent, Definition, Mapping, Response, Round, Supplier
from mapper.web.interview_start import surveys_of
from mapper.web.study.field_words import WHAT
from tests.conftest import csrf

BASE = "worker_short"
MODULE = {
    "heat/module.yaml": """
name: heat
label: Heat at work
questions:
  - {type: select_one yes_no, name: heat_outside, label: "Do you work in the sun?"}
  - {type: integer, name: heat_hours, label: "For how many hours?", relevant: "${heat_outside} = 'yes'"}
""",
    "heat/indicators.yaml": """
indicators:
  - {name: heat_long, label: Works in the sun for long, rule: "${heat_hours} > 6", stage: S5_employment,
     actor: employer, source: Own rule, status: verify, kind: climate, table: Heat at work}
""",
    "heat/translations.yaml": 'translations:\n  ne:\n    "Do you work in the sun?": "घाममा काम गर्नुहुन्छ?"\n',
}


def zipped(files) -> BytesIO:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    content.seek(0)
    return content


def workbook(*sheets) -> BytesIO:
    book, content = Workbook(), BytesIO()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(content)
    content.seek(0)
    return content


HEAT_SHEETS = (
    ("survey", [
        ["type", "name", "label", "label::Nepali (ne)", "relevant"],
        ["select_one yn", "sun", "Do you work in the sun?", "घाममा काम गर्नुहुन्छ?", None],
        ["integer", "sun_hours", "For how many hours?", None, "${sun} = 'yes'"],
    ]),
    ("choices", [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]),
    ("indicators", [
        ["name", "label", "rule", "stage", "actor", "source", "table"],
        ["sun_long", "In the sun for long", "${sun_hours} > 6", "S5_employment", "employer", "Own rule", "Heat"],
    ]),
    ("settings", [["form_id", "form_title"], ["sun", "Sun"]]),
)  # fmt: skip


@pytest.fixture
def researcher(sign_in):
    return sign_in("researcher")


def damaged(content: BytesIO) -> bytes:
    """The same zip file with its packed data overwritten: the list of files still reads well."""
    whole = bytearray(content.read())
    start = 30 + int.from_bytes(whole[26:28], "little") + int.from_bytes(whole[28:30], "little")
    whole[start : start + 12] = b"\xff" * 12
    return bytes(whole)


def upload(client, content, file="heat.zip", **other):
    form = {"kind": "module", "base": BASE, "after": "short_work", "name": "", "title": "", **other}
    form |= {"csrf_token": csrf(client), "file": (content, file)}
    return client.post("/study/drafts/new", data=form, content_type="multipart/form-data")


def uploaded(client, content=None, file="heat.zip", **other) -> str:
    answer = upload(client, content or zipped(MODULE), file, **other)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def step(client, address, **fields):
    return client.post(address, data={"csrf_token": csrf(client), **fields}, follow_redirects=True)


def in_field(name=BASE):
    with store.session() as reading:
        return definitions.current(reading, name)


def publish(client, address):
    version = in_field().version if in_field() else ""
    return step(client, f"{address}/publish", reason="The hot season begins", replaces=version)


@pytest.fixture
def place(people):
    with store.transaction() as session:
        mapping = Mapping(code="M", title="Mapping", buyer_id=people["reviewer"].buyer_id)
        session.add_all([mapping, Supplier(code="MILL", name="Mill", country="MY")])
        session.flush()
        session.add(Round(mapping_id=mapping.id, code="R1"))


def arrived(version) -> str:
    """What becomes of an interview that a tablet began with this version and sends now."""
    body = {"survey": BASE, "definition": version, "language": "en", "supplier": "MILL", "round": "R1"}
    with store.transaction() as session:
        return receive(session, uuid4(), body | {"answers": {"consent": "refused"}}, None).status


def stored(survey, every) -> None:
    """Accepted interviews with these answers at the mill."""
    with store.transaction() as session:
        supplier, asked = session.exec(select(Supplier)).one(), session.exec(select(Round)).one()
        ids = {"supplier_id": supplier.id, "round_id": asked.id, "survey": survey.name, "definition": survey.version}
        for answers in every:
            kept = {"sha256": uuid4().hex, "status": "accepted", "language": "en", "answers": answers}
            session.add(Response(id=uuid4(), **ids, **kept))


class TestUploading:
    def test_a_module_in_a_questionnaire_of_another_name_is_compared_with_what_it_is_built_on(self, researcher):
        page = researcher.get(uploaded(researcher, name="worker_sun", title="In the sun")).text
        assert "Compared with the questionnaire that it is built on" in page
        assert "Do you work in the sun?" in page
        assert "Do you agree to talk with me?" not in page

    def test_uploading_again_asks_nothing_twice_and_takes_the_place_of_the_first_attempt(self, researcher):
        first = uploaded(researcher, name="worker_sun", title="In the sun")
        again = re.search(r'href="(/study/drafts/new\?again=[^"]+)"', researcher.get(first).text)[1]
        form = researcher.get(again).text
        assert 'value="worker_sun"' in form
        assert 'value="In the sun"' in form
        assert '<option selected value="short_work">' in form
        stated = {"kind": "module", "base": BASE, "after": "short_work", "name": "worker_sun", "title": "In the sun"}
        stated |= {"csrf_token": csrf(researcher), "file": (zipped(MODULE), "better.zip")}
        answer = researcher.post(again, data=stated, content_type="multipart/form-data")
        assert answer.status_code == 303
        listing = researcher.get("/study/").text
        assert ("better.zip" in listing, "heat.zip" in listing) == (True, False)

    def test_a_title_outlives_an_attempt_with_errors_and_no_two_questionnaires_are_titled_alike(self, researcher):
        broken = {**MODULE, "heat/indicators.yaml": MODULE["heat/indicators.yaml"].replace("heat_hours", "heat_days")}
        first = uploaded(researcher, zipped(broken), name="worker_sun", title="In the sun")
        form = researcher.get(f"/study/drafts/new?again={first.rsplit('/', 1)[1]}").text
        assert ('value="worker_sun"' in form, 'value="In the sun"' in form) == (True, True)
        with store.session() as reading:
            untitled = UUID(uploaded(researcher, name="worker_heat")[-36:])
            titles = drafts.survey_of(reading.get(StudyDraft, untitled)).title, library.load(BASE).title
        assert titles == (f"{titles[1]}: Heat at work", titles[1])

    def test_two_questionnaires_of_one_title_stand_with_their_names_in_the_form_of_a_round(self, researcher, sign_in):
        title = library.load(BASE).title
        step(researcher, f"{uploaded(researcher, name='short_heat', title=title)}/publish", reason="Heat", replaces="")
        form = sign_in("administrator").get("/admin/rounds/new").text
        assert all(f"{title} ({name})" in form for name in (BASE, "short_heat"))
        assert "(worker_returnee)" not in form

    def test_what_was_read_for_an_upload_is_not_read_again_for_its_page(self, researcher, monkeypatch):
        """A questionnaire of twenty thousand questions takes four seconds to read."""
        address = uploaded(researcher)
        monkeypatch.setattr(drafts, "read", lambda *_: pytest.fail("it is read again"))
        assert "No error: it can be asked." in researcher.get(address).text

    def test_the_workbook_to_begin_with_becomes_a_draft_as_it_is(self, researcher):
        content = researcher.get("/study/drafts/sample.xlsx").data
        page = researcher.get(uploaded(researcher, BytesIO(content), "module.xlsx", name="worker_sun")).text
        assert "No error: it can be asked." in page
        assert "badge-warn" not in page
        assert "5 questions differ" in page
        told = (paths.ROOT / "docs" / "researcher.md").read_text("utf-8").replace("`", "")
        texts = {text for rows in SHEETS.values() for row in rows for text in row if text}
        assert {text for text in texts if f"| {text} |" not in told} == set(), (
            "docs/researcher.md shows another workbook"
        )
        assert {code for code in (*STAGES, *ACTORS) if code not in told} == set()

    def test_what_cannot_be_asked_always_says_why(self, researcher):
        begin = [["begin group", f"g{place}", "Group"] for place in range(40)]
        rows = [["type", "name", "label"], *begin, ["text", "a", "A?"], *([["end group", None, None]] * 40)]
        page = researcher.get(uploaded(researcher, workbook(("survey", rows)), "deep.xlsx", kind="questionnaire")).text
        assert "It cannot be asked yet." in page
        assert "Groups nest more than 15 levels deep." in page

    def test_modules_that_clash_in_two_questionnaires_are_told_and_not_published(self, researcher, place):
        other = {
            path.replace("heat", "sun", 1): text.replace("name: heat\n", "name: sun\n") for path, text in MODULE.items()
        }
        other["sun/indicators.yaml"] = other["sun/indicators.yaml"].replace("> 6", "> 2")
        address = uploaded(researcher, zipped(other), "sun.zip", name="worker_sun", title="In the sun")
        assert "No error: it can be asked." in researcher.get(address).text
        publish(researcher, uploaded(researcher))
        page = researcher.get(address).text
        assert "It cannot be asked yet." in page
        assert "modules/sun/indicators.yaml" in page
        assert f"another rule or label in the questionnaire &#39;{BASE}&#39;" in page
        step(researcher, f"{address}/publish", reason="Sun", replaces="")
        assert in_field("worker_sun") is None
        again = {**MODULE, "heat/indicators.yaml": MODULE["heat/indicators.yaml"].replace("> 6", "> 2")}
        address = uploaded(researcher, zipped(again), "heat.zip", name="worker_heat", title="In the heat")
        assert "Bring the same version of the module into" in researcher.get(address).text
        step(researcher, f"{address}/publish", reason="Heat", replaces="")
        assert in_field("worker_heat") is not None  # one of the two has to come first

    def test_a_clash_of_a_workbook_is_told_by_its_sheet_and_row(self, researcher):
        publish(researcher, uploaded(researcher))
        survey, choices, indicators, settings = HEAT_SHEETS
        clashing = [indicators[1][0], ["sun_own", "Own", *indicators[1][1][2:]], ["heat_long", *indicators[1][1][1:]]]
        sheets = (survey, choices, ("indicators", clashing), settings)
        page = researcher.get(uploaded(researcher, workbook(*sheets), "sun.xlsx")).text
        assert "The name &#39;heat_long&#39; is already used in sun.xlsx[indicators], line 3." in page
        page = researcher.get(uploaded(researcher, workbook(*sheets), "sun.xlsx", base="worker", after="")).text
        clash = page.partition("another rule or label")[0].rpartition("<li>")[2]
        assert "sun.xlsx · sheet indicators, row 3. The indicator" in " ".join(re.sub("<[^>]+>", "", clash).split())

    def test_translations_that_nobody_will_hear_are_told(self, researcher):
        heard = {**MODULE, "heat/translations.yaml": "translations:\n  bn: {Yes: হ্যাঁ}\n"}
        page = researcher.get(uploaded(researcher, zipped(heard))).text
        assert "Nobody will hear the texts in &#39;bn&#39;." in page

    def test_a_module_becomes_a_draft_and_nothing_changes_in_the_field(self, researcher):
        before = in_field().version
        page = researcher.get(uploaded(researcher)).text
        assert "No error: it can be asked." in page
        assert "Do you work in the sun?" in page
        assert "Earlier interviews have no answer" in page
        assert in_field().version == before
        with store.session() as reading:
            assert reading.exec(select(Definition)).all() == []

    def test_a_workbook_is_a_module_with_its_indicators_and_translations(self, researcher):
        address = uploaded(researcher, workbook(*HEAT_SHEETS), "sun.xlsx")
        with store.session() as reading:
            survey = drafts.survey_of(reading.exec(select(StudyDraft)).one())
        assert [section.name for section in survey.sections][4] == "sun"
        assert {one.name: one.table for one in survey.indicators}["sun_long"] == "Heat"
        assert survey.translations["ne"]["Do you work in the sun?"] == "घाममा काम गर्नुहुन्छ?"
        page = researcher.get(f"{address}?figures=1").text
        assert "sun_long" in page
        assert re.search(r"\d+ of \d+(: |; up to )\d+&nbsp;%", page)  # cases, answered, interval
        assert "There are other open drafts" not in page
        again = uploaded(researcher, workbook(*HEAT_SHEETS), "sun.xlsx")
        assert f'href="{address}"' in (others := researcher.get(again).text.partition("There are other open drafts")[2])
        assert re.search(r", \d\d:\d\d UTC</li>", others)
        assert researcher.get("/study/").text.count("· <bdi>sun.xlsx") == 2

    def test_what_is_wrong_in_a_workbook_is_said_by_sheet_and_row(self, researcher):
        survey, *others = HEAT_SHEETS
        rows = [*survey[1], ["integer", "shade", "In the shade?", None, "${nothing} = 1"]]
        page = researcher.get(uploaded(researcher, workbook(("survey", rows), *others), "sun.xlsx")).text
        assert "sheet survey, row 4" in page
        assert "nothing" in page
        assert re.search("“Sun” is asked after “[A-Z]", page)  # headings, also while it has errors

    def test_a_rule_that_cannot_be_read_is_an_error_in_a_module(self, researcher):
        """Left out, everybody would be asked the question."""
        survey = [*HEAT_SHEETS[0][1][:2], ["integer", "sun_hours", "For how many hours?", None, "$sun == 'yes'"]]
        address = uploaded(researcher, workbook(("survey", survey), *HEAT_SHEETS[1:]), "sun.xlsx")
        page = researcher.get(address).text
        assert "stands alone" in page
        assert "No error" not in page
        assert publish(researcher, address).status_code != 302

    def test_a_calculation_that_was_left_out_is_named_where_a_rule_needs_it(self, researcher):
        rows = [
            ["type", "name", "label", "calculation", "relevant"],
            ["calculate", "months", None, "${gone} * 2", None],
            ["text", "why", "Why?", None, "${months} > 5"],
        ]
        address = uploaded(researcher, workbook(("survey", rows)), "months.xlsx", kind="questionnaire")
        page = html.unescape(re.sub("<[^>]+>", "", researcher.get(address).text))
        assert "5 is a number and 'months' is text." in page
        cause = "months.xlsx sheet survey, row 2 – Column 'calculation': The rule is left out. “${gone} * 2”."
        assert cause in page

    def test_problems_name_the_files_that_were_uploaded_and_no_folder_of_the_server(self, researcher):
        taken = next(iter(library.load(BASE).questions.values()))
        survey = [["type", "name", "label"], ["integer", taken.name, "For how many hours?"]]
        page = researcher.get(uploaded(researcher, workbook(("survey", survey), *HEAT_SHEETS[3:]), "sun.xlsx")).text
        assert "sun.xlsx" in page
        assert "is already used in modules/" in html.unescape(page)
        assert gettempdir() not in page

    def test_merged_cells_are_named(self, researcher):
        from openpyxl import load_workbook

        book = load_workbook(workbook(*HEAT_SHEETS))
        book["survey"].merge_cells("A4:B5")
        content = BytesIO()
        book.save(content)
        content.seek(0)
        assert "merged" in researcher.get(uploaded(researcher, content, "sun.xlsx")).text

    def test_scripts_in_labels_do_nothing(self, researcher):
        evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        files = {
            **MODULE,
            "heat/module.yaml": MODULE["heat/module.yaml"].replace("For how many hours?", f"Hours {evil}"),
        }
        address = uploaded(researcher, zipped(files))
        draft = address.rsplit("/", 1)[1]
        pages = [address, f"/study/preview/{BASE}/en?draft={draft}", f"/study/preview/{BASE}/en/document?draft={draft}"]
        for page in pages:
            assert b"<script>alert" not in researcher.get(page).data
            assert b"<img src=x" not in researcher.get(page).data

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("heat.zip", b"", "is empty"),
            ("heat.zip", b"PK no zip", "cannot be opened"),
            ("heat.zip", damaged(zipped(MODULE)), "cannot be opened"),
            ("heat.zip", zipped({f"heat/{'x' * 300}.csv": "a", "heat/notes.txt": "x"}).read(), "no module.yaml"),
            ("heat.exe", b"MZ", "Give a .zip file"),
            ("heat.zip", zipped({"heat/notes.txt": "x"}).read(), "no module.yaml"),
            ("heat.zip", zipped({"a/module.yaml": "x", "b/module.yaml": "y"}).read(), "2 files called module.yaml"),
            ("heat.zip", zipped({"Hot Place/module.yaml": "name: x"}).read(), "cannot be a name"),
            ("heat.zip", zipped({"heat/module.yaml": b"label: \xff\xfe"}).read(), "is not UTF-8"),
            ("heat.zip", zipped({"heat/module.yaml": "x" * (MOST_UNPACKED + 1)}).read(), "unpacks to more than"),
            ("heat.zip", zipped({f"heat/{n}.csv": "" for n in range(300)}).read(), "more than 200 files"),
            ("heat.xlsx", b"no workbook", "cannot be used"),
        ],
        ids=lambda value: value if isinstance(value, str) else "a file",  # a zip holds the time at which it was made
    )  # fmt: skip
    def test_what_is_no_module_is_refused_in_words_and_nothing_is_kept(self, researcher, name, content, said):
        answer = upload(researcher, BytesIO(content), name)
        assert answer.status_code == 422
        assert said in answer.text
        with store.session() as reading:
            assert reading.exec(select(StudyDraft)).all() == []

    def test_a_file_that_is_too_large_is_not_even_opened(self, researcher, monkeypatch):
        monkeypatch.setattr("mapper.exchange.upload.MOST_BYTES", 100)
        answer = upload(researcher, BytesIO(b"x" * 101))
        assert answer.status_code == 422
        assert "A questionnaire needs far less." in answer.text

    def test_what_is_asked_of_repaid_workers_is_not_replaced_by_an_upload(self, researcher):
        assert library.load("repayment_check").respondent == "repaid_worker"
        answer = upload(researcher, zipped(MODULE), base="repayment_check", after="")
        assert answer.status_code == 422
        assert "repaid workers" in answer.text

    def test_what_is_asked_of_repaid_workers_is_not_retired_to_make_room(self, researcher):
        with store.transaction() as writing, pytest.raises(drafts.CannotPublish) as refused:
            drafts.retire(writing, "repayment_check", "room for another one", None)
        assert refused.value.why == "apart"

    def test_paths_that_lead_out_of_the_zip_are_not_followed(self, researcher, tmp_path):
        files = {**MODULE, "heat/../../evil.yaml": "x", "/etc/evil.csv": "a,b"}
        address = uploaded(researcher, zipped(files))
        with store.session() as reading:
            assert not any("evil" in path for path in reading.exec(select(StudyDraft)).one().files)
        assert researcher.get(f"{address}/files.zip").status_code == 200

    @pytest.mark.parametrize(
        ("base", "before", "after"),
        [
            ("worker", "Women and men at work", "To finish"),
            ("worker_family", "The family at home", "About this interview"),
            ("recruiter", "", ""),
        ],
    )
    def test_a_module_goes_before_the_closing_and_the_auditors_notes_and_that_is_said(
        self, researcher, base, before, after
    ):
        page = researcher.get(uploaded(researcher, base=base, after="")).text
        if base == "recruiter":
            assert "“Heat at work” is asked at the end, after “" in page
        else:
            assert f"“Heat at work” is asked after “{before}” and before “{after}”." in page

    def test_what_a_module_cannot_keep_of_its_workbook_is_told(self, researcher):
        rows = [*HEAT_SHEETS[0][1], ["deviceid", "device"]]
        settings = ("settings", [["form_id", "form_title", "style"], ["sun", "Sun", "pages"]])
        page = researcher.get(uploaded(researcher, workbook(("survey", rows), *HEAT_SHEETS[1:3], settings), "sun.xlsx"))
        assert "A module has nothing of this; it is left out: style, metadata." in page.text

    def test_a_module_is_not_called_like_a_questionnaire(self, researcher):
        files = {path.replace("heat/", "management/"): text for path, text in MODULE.items()}
        answer = upload(researcher, zipped(files))
        assert answer.status_code == 422
        assert "&#39;management&#39; is the name of a questionnaire." in answer.text

    def test_what_is_downloaded_can_be_uploaded_again_and_is_the_same(self, researcher):
        address = uploaded(researcher)
        again = uploaded(researcher, BytesIO(researcher.get(f"{address}/files.zip").data), kind="questionnaire")
        with store.session() as reading:
            first, second = (reading.get(StudyDraft, UUID(one[-36:])) for one in (address, again))
            assert drafts.survey_of(first).version == drafts.survey_of(second).version


class TestInTheField:
    def test_a_published_draft_is_what_new_interviews_are_held_with(self, researcher, sign_in):
        before = in_field().version
        assert "Published." in publish(researcher, uploaded(researcher)).text
        after = in_field()
        assert "heat_outside" in after.questions
        begun = sign_in("auditor").get(f"/interviews/begin?survey={BASE}&language=ne")
        assert f"/{after.version}/" in begun.headers["Location"]
        assert "घाममा काम गर्नुहुन्छ?" in sign_in("auditor").get(begun.headers["Location"]).text
        with store.session() as reading:
            said = reading.exec(select(AuditEvent).where(AuditEvent.action == "publish")).one()
            assert said.detail == {"reason": "The hot season begins", "before": before, "after": after.version}
            assert audit.verify(reading).is_whole

    def test_an_interview_begun_with_the_version_before_still_arrives(self, researcher, place):
        before = in_field()
        publish(researcher, uploaded(researcher))
        for survey in (before, in_field()):
            assert arrived(survey.version) == "accepted"

    def test_a_retired_questionnaire_is_offered_to_nobody_and_its_interviews_still_arrive(
        self, researcher, sign_in, place
    ):
        version = in_field().version
        assert "Retired" in step(researcher, f"/study/questionnaires/{BASE}/retire", reason="Too short").text
        assert in_field() is None
        with store.session() as reading:
            assert BASE not in [each.name for each in surveys_of(reading, Round())]
        assert sign_in("auditor").get(f"/interviews/begin?survey={BASE}&language=en").status_code == 404
        assert arrived(version) == "accepted"
        assert researcher.get(f"/study/questionnaires/{BASE}").status_code == 200

    def test_the_last_step_can_be_taken_back_and_that_too(self, researcher):
        before = in_field().version
        publish(researcher, uploaded(researcher))
        published = in_field().version
        page = researcher.get(f"/study/questionnaires/{BASE}").text
        assert "Afterwards: New interviews are held with it as the files on the server say it." in page
        step(researcher, f"/study/questionnaires/{BASE}/undo", reason="Wrong week")
        page = researcher.get(f"/study/questionnaires/{BASE}").text
        assert f"Afterwards: New interviews are held with version {published}." in page
        assert in_field().version == before
        step(researcher, f"/study/questionnaires/{BASE}/undo", reason="Right week after all")
        assert in_field().version == published
        with store.session() as reading:
            assert [row.action for row in publications.history(reading, BASE)] == ["undo", "undo", "publish"]

    def test_a_new_questionnaire_stands_beside_its_base_and_has_to_be_offered(self, researcher):
        address = uploaded(researcher, name="short_heat", title="Short with heat")
        page = step(researcher, f"{address}/publish", reason="A study of its own", replaces="").text
        assert "No round offers it yet" in page.partition("<details")[0]
        assert in_field("short_heat").title == "Short with heat"
        assert in_field().version == library.load(BASE).version
        with store.session() as reading:
            assert "short_heat" in [each.name for each in surveys_of(reading, Round())]

    def test_a_draft_is_not_published_over_what_nobody_compared_it_with(self, researcher):
        first, second = uploaded(researcher), uploaded(researcher)
        seen = in_field().version
        publish(researcher, first)
        page = step(researcher, f"{second}/publish", reason="Me too", replaces=seen)
        assert "Meanwhile somebody changed" in page.text
        with store.session() as reading:
            assert len(reading.exec(select(Publication)).all()) == 1

    def test_a_draft_with_errors_is_not_published(self, researcher):
        broken = {**MODULE, "heat/indicators.yaml": MODULE["heat/indicators.yaml"].replace("heat_hours", "heat_days")}
        address = uploaded(researcher, zipped(broken))
        assert "heat_days" in researcher.get(address).text
        assert "The draft has errors" in publish(researcher, address).text
        assert "heat_outside" not in in_field().questions

    def test_without_a_reason_nothing_happens(self, researcher):
        address = uploaded(researcher)
        step(researcher, f"{address}/publish", reason="  ", replaces=in_field().version)
        step(researcher, f"/study/questionnaires/{BASE}/retire", reason="")
        assert in_field().version == library.load(BASE).version

    def test_a_discarded_draft_stays_readable_and_cannot_be_published(self, researcher):
        address = uploaded(researcher)
        step(researcher, f"{address}/discard")
        assert researcher.get(address).status_code == 200
        assert publish(researcher, address).status_code == 409

    @pytest.mark.parametrize("role", ["auditor", "reviewer"])
    def test_nobody_else_uploads_publishes_or_retires(self, sign_in, researcher, role):
        address = uploaded(researcher)
        other = sign_in(role)
        assert upload(other, zipped(MODULE)).status_code == 403
        for path in (f"{address}/publish", f"{address}/discard", f"/study/questionnaires/{BASE}/retire"):
            assert other.post(path, data={"csrf_token": csrf(other), "reason": "x"}).status_code == 403
        assert other.get(address).status_code == 403


def test_a_workbook_comes_with_its_tables_in_one_zip_file(researcher):
    survey = ("survey", [["type", "name", "label"], ["select_one_from_file towns.csv", "town", "Which town?"]])
    settings = ("settings", [["form_id", "form_title", "respondent"], ["towns", "Towns", "management"]])
    files = {"form/towns.xlsx": workbook(survey, settings).read(), "form/towns.csv": "name,label\nktm,Kathmandu\n"}
    page = researcher.get(uploaded(researcher, zipped({**files, "form/a.txt": "x"}), kind="questionnaire")).text
    assert "The file &#39;form/a.txt&#39; is not read." in page
    assert "cannot be read" not in page
    with store.session() as reading:
        draft = reading.exec(select(StudyDraft).where(StudyDraft.name == "towns")).one()
    assert "Kathmandu" in draft.files["towns.yaml"]


class TestDifference:
    def test_it_says_in_words_what_changed_and_what_follows(self, researcher):
        first = uploaded(researcher)
        publish(researcher, first)
        changed = MODULE["heat/module.yaml"].replace("in the sun?", "in the heat?").replace("integer", "text")
        files = {**MODULE, "heat/module.yaml": changed.replace("= 'yes'", "!= 'no'")}
        files["heat/indicators.yaml"] = MODULE["heat/indicators.yaml"].replace(
            "${heat_hours} > 6", "${heat_outside} = 'yes'"
        )
        page = researcher.get(uploaded(researcher, zipped(files))).text
        for words in ("in the sun?</bdi></del>", "in the heat?</bdi></ins>", "Asked when", "Other people are asked",
                      "cannot be put together", "True when"):  # fmt: skip
            assert words in page

    def test_any_two_versions_that_were_asked_can_be_compared(self, researcher):
        before = in_field()
        with store.transaction() as session:
            definitions.publish(session, before)
        publish(researcher, uploaded(researcher))
        page = researcher.get(f"/study/{BASE}/difference?from={before.version}&to={in_field().version}").text
        assert "heat_outside" in page
        assert "added" in page
        back = researcher.get(f"/study/{BASE}/difference?from={in_field().version}&to={before.version}").text
        assert "removed" in back
        uploaded(researcher, zipped({**MODULE, "heat/choices.yaml": "choices: 3"}))
        assert researcher.get(f"/study/{BASE}/difference").status_code == 200  # a draft with errors is not compared
        hotter = MODULE["heat/module.yaml"].replace("in the sun?", "in the heat?")
        uploaded(researcher, zipped({**MODULE, "heat/module.yaml": hotter}))
        page = researcher.get(f"/study/{BASE}/difference").text
        assert re.search(r"draft, heat.zip, \d{4}-\d\d-\d\d \d\d:\d\d<", page)
        chosen = re.findall(r'<option value="([^"]*)" selected', page)
        assert chosen == [before.version, in_field().version]  # not a draft, of which there may be many
        assert researcher.get(f"/study/{BASE}/difference?from=nothing").status_code == 404
        assert researcher.get("/study/nothing/difference").status_code == 404


def test_figures_of_a_module_that_the_questionnaire_has_already_are_those_of_the_module(researcher):
    publish(researcher, uploaded(researcher))
    page = researcher.get(uploaded(researcher, name="worker_sun", title="In the sun") + "?figures=1").text
    figures = page.partition('id="figures"')[2].partition("</section>")[0]
    assert re.findall(r'<bdi class="code">([^<]+)</bdi>', figures) == ["heat_long"]
    assert "adds or changes" not in figures


def test_made_up_interviews_are_as_many_as_each_supplier_has_valid_ones_and_none_is_stored(researcher, place):
    publish(researcher, uploaded(researcher))
    stored(in_field(), 3 * [{"consent": "given_verbal", "paid_anything": "no", "papers_holder": "myself"}])
    page = researcher.get(uploaded(researcher, name="worker_sun", title="In the sun") + "?figures=1").text
    figures = page.partition('id="figures"')[2].partition("</section>")[0]
    there = figures.partition("<bdi>Mill</bdi>")[2].partition("</tr>")[0]
    answered, unknown = re.search(r">0 of (\d+);.*?Unknown\">(\d+)<", there, re.DOTALL).groups()
    assert int(answered) + int(unknown) == 3
    assert "synthetic" in figures
    with store.session() as reading:
        assert len(reading.exec(select(Response)).all()) == 3


def test_of_an_own_questionnaire_the_page_counts_what_was_held_and_what_leaves_consent_open(researcher, place):
    survey = ("survey", [["type", "name", "label"], ["select_one yes_no", "agreed", "Do you agree?"],
                         ["select_one yes_no", "land", "Had you land?"]])  # fmt: skip
    landless = ["landless", "Had no land", "${land} = 'no'", "S0_context", "lender", "Own rule", "Land", "climate"]
    indicators = ("indicators", [[*HEAT_SHEETS[2][1][0], "kind"], landless])
    settings = ("settings", [["form_id", "form_title", "respondent", "consent"],
                             ["land_study", "Land", "worker", "${agreed} = 'yes'"]])  # fmt: skip
    book = workbook(survey, indicators, settings)
    address = uploaded(researcher, book, "land.xlsx", kind="questionnaire")
    step(researcher, f"{address}/publish", reason="Land", replaces="")
    held = [{"agreed": "yes", "land": "no"}, {"agreed": "yes", "land": "yes"}, {"land": "no"}]
    stored(in_field("land_study"), held)
    page = " ".join(re.sub(r"<[^>]+>", " ", researcher.get("/suppliers/MILL/R1").text).split())
    assert "Interviews 2 0 people refused 1 interview leaves open whether the person agreed" in page
    assert "Valid interviews" not in page.partition("How workers were chosen")[0]


def test_lists_of_one_name_that_differ_in_a_column_are_one_problem_with_both_places(researcher):
    lists = "choices:\n  heat_help: [{name: water, label: Water}, {name: shade, label: Shade}]\n"
    asked = '  - {type: select_one heat_help, name: heat_help, label: "What helps?"}\n'
    files = {**MODULE, "heat/choices.yaml": lists, "heat/module.yaml": MODULE["heat/module.yaml"] + asked}
    publish(researcher, uploaded(researcher, zipped(files)))
    survey = ("survey", [["type", "name", "label", "calculation"], ["select_one heat_help", "sun_help", "What helps?"],
                         ["calculate", "sun_score", None, "pulldata('heat_help', 'score', 'name', ${sun_help})"],
                         ["integer", "sun_days", "How many days?"]])  # fmt: skip
    choices = ("choices", [["list_name", "name", "label", "score"], ["heat_help", "water", "Water", 1],
                           ["heat_help", "shade", "Shade", 2]])  # fmt: skip
    book = workbook(survey, choices, ("settings", [["form_id", "form_title"], ["sun", "Sun"]]))
    page = html.unescape(re.sub(r"<[^>]+>", "", researcher.get(uploaded(researcher, book, "sun.xlsx")).text))
    where = "modules/heat/choices.yaml:2. The list 'heat_help' is already defined: sun.xlsx, sheet choices, row 2."
    assert page.count("is already defined") == page.count(where) == 1
    assert "the same columns" in page
    assert "has no column" not in page


@pytest.mark.parametrize("key", ["module", "choices.csv"])
def test_burmese_in_the_old_encoding_is_refused_in_a_zip_file_as_in_a_workbook(researcher, key):
    zawgyi = "\u1031\u1000\u103a\u102c\u1004\u1039\u1038"
    said = {"module": {"heat/translations.yaml": f"translations:\n  my:\n    Do you work in the sun?: {zawgyi}\n"},
            "choices.csv": {"heat/towns.csv": f"name,label\nygn,{zawgyi}\n"}}  # fmt: skip
    page = researcher.get(uploaded(researcher, zipped({**MODULE, **said[key]}))).text
    assert "The Burmese here is in the Zawgyi encoding." in page
    assert re.search(r"(translations\.yaml:3|towns\.csv:2):\d+</code>", page)


def test_burmese_in_the_old_encoding_is_found_in_every_column_of_a_table_beside_a_workbook(researcher):
    asked = ["select_one_from_file towns.csv", "town", "Which town?"]
    book = workbook(("survey", [["type", "name", "label"], asked]), ("settings", [["form_id"], ["towns"]])).read()
    table = "name,label,region\nygn,Yangon,\u1031\u1000\u103a\u102c\u1004\u1039\u1038\n"
    files = zipped({"form/towns.xlsx": book, "form/towns.csv": table})
    assert "The Burmese here is in the Zawgyi encoding." in researcher.get(uploaded(researcher, files)).text


def test_a_title_that_is_not_translated_is_marked_as_english(researcher):
    uploaded(researcher, name="worker_sun")
    page = researcher.get("/study/?language=ne").text
    assert re.search(r'<bdi lang="en">[^<]+: Heat at work</bdi>', page)
    assert '<bdi lang="ne">' in page


def test_a_zip_file_with_two_workbooks_is_told_what_to_zip(researcher):
    files = {"a.xlsx": workbook(*HEAT_SHEETS).read(), "b.xlsx": workbook(*HEAT_SHEETS).read()}
    answer = upload(researcher, zipped(files), "two.zip")
    assert answer.status_code == 422
    assert "holds 2 workbooks (a.xlsx, b.xlsx)" in answer.text


def test_an_indicator_that_differs_in_whose_hands_it_lies_is_told_with_that_alone():
    before = library.load(BASE)
    one = next(one for one in before.indicators if not one.adapted)
    own = replace(before, name="other", indicators=(replace(one, actors=("tier1",)),))
    [clash] = clashes(own, [replace(before, indicators=(one,))])
    actor = ", ".join(sorted(one.actors))
    assert f"the same in the questionnaire '{BASE}' but for actor: {actor}." in clash.message


def test_somebody_elses_module_is_replaced_by_whoever_agrees_to_it_alone(researcher, sign_in, people):
    publish(researcher, uploaded(researcher))
    standing = in_field().version
    files = {**MODULE, "heat/module.yaml": MODULE["heat/module.yaml"].replace("in the sun", "in the heat")}
    own = researcher.get(uploaded(researcher, zipped(files))).text
    assert "It replaces" not in own
    other = sign_in("administrator")
    address = uploaded(other, zipped(files))
    assert (
        f"It replaces the module “Heat at work”, which {people['researcher'].name} uploaded on"
        in other.get(address).text
    )
    assert "It replaces" in publish(other, address).text
    assert in_field().version == standing
    step(other, f"{address}/publish", reason="Better words", replaces=standing, sure="yes")
    assert in_field().version != standing
    served = {
        path.replace("heat/", "climate/"): text.replace("name: heat\n", "name: climate\n")
        for path, text in MODULE.items()
    }
    address = uploaded(other, zipped(served), base="worker_climate", after="")
    assert 'hs_harm</bdi> · <bdi lang="en">Weather, heat and disasters' in other.get(address).text
    assert re.search("It replaces the module “[^”]+” of the files on the server.", other.get(address).text)


def test_why_an_indicator_means_the_same_elsewhere_is_shown_of_a_draft(researcher):
    changed = MODULE["heat/indicators.yaml"].replace("kind: climate", "kind: climate, adapted: Only the hours differ")
    page = researcher.get(uploaded(researcher, zipped({**MODULE, "heat/indicators.yaml": changed}))).text
    assert "Only the hours differ" in page.partition("What changes")[2]


@pytest.mark.parametrize("what", ["title", "section", "group"])
def test_another_translation_of_a_heading_is_a_difference(what):
    before = library.load("worker")
    group = next(item for above in before.ancestors.values() for item in above if item.label)
    text = {"title": before.title, "section": before.sections[0].label, "group": group.label}[what]
    found = difference(before, replace(before, own_wording={"ne": {text: "बदलिएको"}})).about
    assert [one.after for one in found if one.what == what] == ["नेपाली: बदलिएको"]


def test_modules_indicators_and_translations_are_listed(researcher):
    assert "version" in researcher.get("/study/modules").text
    assert "source to verify" in researcher.get("/study/indicators").text
    page = researcher.get("/study/translations").text
    assert "नेपाली" in page
    assert "mapper translation export" in page


def test_a_module_words_its_own_texts_and_no_text_of_others():
    own = 'translations: {}\nown_wording: {ne: {"Yes": "होइन", "Do you work in the sun?": "घाममा काम?"}}\n'
    module = zipped({**MODULE, "heat/translations.yaml": own})
    composed = compose(read_upload(module, "heat.zip", "module"), Home(BASE, files_of(BASE)))
    spoken = translator_of(composed.survey, "ne")
    assert spoken.text("Yes") == translator("ne").text("Yes")
    assert spoken.text("Do you work in the sun?") == "घाममा काम?"
    assert [str(one.message) for one in composed.problems if "'Yes'" in one.message]


def renamed(module):
    """The sample workbook as another module, its list of yes and no kept under its name."""
    return workbook(*((name, [[cell.replace("sun", module) for cell in row] for row in rows])
                      for name, rows in SHEETS.items()))  # fmt: skip


def test_two_modules_from_the_sample_workbook_fit_one_questionnaire():
    files = files_of(BASE)
    for module in ("sun", "cold"):
        composed = compose(read_upload(renamed(module), f"{module}.xlsx", "module"), Home(BASE, files))
        files = composed.files
        assert [str(one) for one in composed.problems if one.severity == "error"] == []
    assert {"sun_outside", "cold_outside"} <= composed.survey.questions.keys()


def weather(name, animals, *arabic):
    said = ["label", "label::Nepali (ne)", *(["label::Arabic (ar)"] if arabic else [])]
    return workbook(
        ("survey", [["type", "name", "label"], [f"select_multiple {name}_list", f"{name}_lost", f"Lost in a {name}?"]]),
        ("choices", [["list_name", "name", *said], [f"{name}_list", "animals", "Animals", animals, *arabic],
                     [f"{name}_list", "none", "Nothing at all"]]),
        ("settings", [["form_id", "form_title"], [name, name.title()]]),
    )  # fmt: skip


@pytest.mark.parametrize(("words", "told"), [("पशु", []), ("जनावर", ["storm.xlsx[choices]:2"])])
def test_a_second_module_leaves_the_words_of_the_first_and_what_is_not_heard_is_told_at_its_row(words, told):
    flood = compose(read_upload(weather("flood", "पशु", "حيوانات"), "flood.xlsx", "module"), Home(BASE, files_of(BASE)))
    own = {code: texts["Animals"] for code, texts in flood.survey.own_wording.items()}
    assert own == {"ne": "पशु", "ar": "حيوانات"}
    both = compose(read_upload(weather("storm", words), "storm.xlsx", "module"), Home(BASE, flood.files))
    assert {code: texts["Animals"] for code, texts in both.survey.own_wording.items()} == own
    about = [one for one in both.problems if "'Animals'" in one.message]
    assert [f"{one.file}:{one.line}" for one in about if one.code == "not_carried_over"] == told
    assert [one.file for one in about if "own words are heard" in one.message] == (
        [] if told else ["storm.xlsx[choices]"]
    )


def test_another_translation_of_a_question_is_a_difference():
    before = library.load(BASE)
    label = next(one.label for one in before.questions.values() if one.label)
    [changed] = difference(before, replace(before, own_wording={"ne": {label: "बदलिएको"}})).questions[:1]
    assert (changed.changes[0].what, changed.changes[0].follows) == ("label", "compare")
    assert changed.changes[0].after.endswith("बदलिएको")


@pytest.mark.parametrize("one", [*fields(Question), *fields(Indicator)], ids=lambda one: one.name)
def test_nothing_that_is_said_of_a_question_or_an_indicator_changes_without_a_word(one):
    unsaid = {"name", "relevant", "list_name", "place", "rule", "module"}
    assert one.name in {*TEXTS, *RULES, *FACTS, *OF_INDICATOR, *WEIGHED, *unsaid}
    assert one.name in {*WHAT, *WEIGHED, *unsaid}


@pytest.mark.parametrize(("key", "other"), [("actors", ("x",)), ("source", "x"), ("stage", "x"), ("topic", "x")])
def test_what_a_question_is_about_is_a_difference(key, other):
    before = library.load(BASE)
    section = before.sections[0]
    first = next(one for one in section.children if isinstance(one, Question))
    children = tuple(replace(one, **{key: other}) if one is first else one for one in section.children)
    after = replace(before, sections=(replace(section, children=children), *before.sections[1:]))
    [changed] = difference(before, after).questions
    assert [one.what for one in changed.changes] == [key]


def test_of_a_very_long_draft_the_first_hundred_differences_are_listed(researcher):
    many = "".join(f"  - {{type: integer, name: heat_{number}, label: How hot {number}?}}\n" for number in range(130))
    page = researcher.get(
        uploaded(researcher, zipped({**MODULE, "heat/module.yaml": MODULE["heat/module.yaml"] + many}))
    )
    assert page.text.count("study-changed study-added") == 100 + 1  # questions, and the indicator
    assert "132 questions differ" in page.text
    assert "and 32 more" in page.text


@pytest.fixture
def sun(researcher) -> str:
    """A draft of another questionnaire, with the indicator of the module and another rule."""
    other = {
        path.replace("heat", "sun", 1): text.replace("name: heat\n", "name: sun\n") for path, text in MODULE.items()
    }
    other["sun/indicators.yaml"] = other["sun/indicators.yaml"].replace("> 6", "> 2")
    return uploaded(researcher, zipped(other), "sun.zip", name="worker_sun", title="In the sun")


def test_taking_back_a_retirement_brings_no_clash_into_the_field(researcher, sun):
    publish(researcher, uploaded(researcher))
    step(researcher, f"/study/questionnaires/{BASE}/retire", reason="Too short")
    step(researcher, f"{sun}/publish", reason="Sun", replaces="")
    assert in_field("worker_sun") is not None
    page = step(researcher, f"/study/questionnaires/{BASE}/undo", reason="Not too short").text
    assert "another rule or label in the questionnaire &#39;worker_sun&#39;" in page
    assert in_field(BASE) is None


def test_a_retired_questionnaire_that_was_answered_still_clashes(researcher, place, sun):
    publish(researcher, uploaded(researcher))
    assert arrived(in_field().version) == "accepted"
    step(researcher, f"/study/questionnaires/{BASE}/retire", reason="Too short")
    step(researcher, f"{sun}/publish", reason="Sun", replaces="")
    assert in_field("worker_sun") is None


@pytest.mark.parametrize(
    ("key", "other"), [("ilo11", ("x",)), ("sets", {"icls20": "X"}), ("strong", None), ("strength", "other"),
                       ("modes", None), ("dimension", "other"), ("sensitive", None), ("counts_as", {"refused": "no"}),
                       ("kind", "gender"), ("side", "penalty"), ("stage", "S0_context"), ("actors", ("trader",)),
                       ("topic", "other")]
)  # fmt: skip
def test_an_indicator_that_weighs_otherwise_is_a_clash_and_a_difference(key, other):
    before = library.load(BASE)
    plain = next(one for one in before.indicators if not one.adapted)
    values = {"strong": not plain.strong, "sensitive": not plain.sensitive, "modes": {"witnessed": plain.rule}}
    new = replace(plain, **{key: values.get(key, other)})
    changed = tuple(new if one is plain else one for one in before.indicators)
    [found] = difference(before, replace(before, indicators=changed)).indicators
    assert (found.name, len(found.changes)) == (plain.name, 1)
    [clash] = clashes(replace(before, name="other", indicators=changed), [before])
    assert f"'{plain.name}'" in clash.message
