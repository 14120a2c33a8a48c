"""The researcher's door: questionnaires as they are asked, and data that leave for research and for nobody else."""

import re
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pandas as pd
import pytest
from sqlmodel import select

from mapper.definition import library
from mapper.intake import publish
from mapper.language.catalogue import translator
from mapper.store import database as store
from mapper.store.tables import AuditEvent, Mapping, Response, Round, Supplier, SupplyLink, User
from tests.conftest import csrf

FORM = {"surveys": ["worker"], "round": "", "format": "csv", "multiple": "text", "values": "names"}


@pytest.fixture
def interviews(people):
    """Two accepted interviews at two suppliers."""
    survey = library.load("worker")
    with store.transaction() as session:
        mapping = Mapping(code="M", title="Mapping", buyer_id=people["reviewer"].buyer_id)
        suppliers = [Supplier(code=code, name=f"Supplier {code}", country="MY") for code in ("MILL", "FARM")]
        session.add_all([mapping, *suppliers])
        session.flush()
        asked = Round(mapping_id=mapping.id, code="R1")
        links = [SupplyLink(buyer_id=mapping.buyer_id, supplier_id=supplier.id, tier=1) for supplier in suppliers]
        session.add_all([asked, *links])
        publish(session, survey)
        session.flush()
        for supplier in suppliers:
            answers = {"consent": "given_verbal", "gender": "woman", "origin_country": "NP", "paid_anything": "no"}
            session.add(Response(
                id=uuid4(), sha256=uuid4().hex, status="accepted", survey="worker", definition=survey.version,
                supplier_id=supplier.id, round_id=asked.id, answers=answers, language="ne",
            ))  # fmt: skip


def post(client, **other):
    return client.post("/study/data", data={**FORM, "csrf_token": csrf(client), **other})


def tables(answer) -> dict[str, pd.DataFrame]:
    archive = ZipFile(BytesIO(answer.data))
    names = [name for name in archive.namelist() if name.endswith(".csv")]
    return {name: pd.read_csv(BytesIO(archive.read(name)), keep_default_na=False, na_values=[""]) for name in names}


class TestQuestionnaires:
    def test_the_list_names_each_with_its_version_length_and_languages(self, sign_in):
        page = sign_in("researcher").get("/study/").text
        for name in library.names():
            assert f"/study/questionnaires/{name}" in page
            assert library.load(name).version in page
        assert "नेपाली" in page
        assert "No error and no warning." in page

    @pytest.mark.parametrize("address", ["", "modules", "drafts/new", "questionnaires/worker"])
    def test_questionnaires_are_called_by_their_title_in_the_language_of_the_page(self, address, sign_in):
        title = library.load("worker").title
        page = sign_in("researcher").get(f"/study/{address}?lang=ar").text
        assert translator("ar").text_neutral(title) in page

    def test_a_question_stands_with_its_rule_in_words_and_its_choices(self, sign_in):
        page = sign_in("researcher").get("/study/questionnaires/worker").text
        assert "Did you or your family pay any money to get this job?" in page
        assert "“Did you or your family pay any money to get this job?” is “Yes”" in page
        assert "cost_amount" in page
        assert "in each row of" in page

    def test_indicators_stand_with_rule_and_source(self, sign_in):
        survey, page = library.load("worker"), sign_in("researcher").get("/study/questionnaires/worker").text
        assert all(f">{indicator.name}<" in page for indicator in survey.indicators)
        assert "source to verify" in page

    def test_the_wording_is_shown_in_the_language_chosen(self, sign_in):
        page = sign_in("researcher").get("/study/questionnaires/worker?in=ar").text
        assert re.search(r'<bdi lang="ar" dir="rtl">[^<]*هل', page)
        assert 'lang="en" dir="ltr">“' in page  # rules stay in one language until their phrases are translated

    @pytest.mark.parametrize("wanted", ["fr", "../en", ""])
    def test_a_language_that_it_does_not_have_is_its_own(self, sign_in, wanted):
        answer = sign_in("researcher").get("/study/questionnaires/worker", query_string={"in": wanted})
        assert answer.status_code == 200
        assert "Worker questionnaire" in answer.text

    @pytest.mark.parametrize("name", ["nowhere", "..", "worker.yaml", "%2e%2e%2fpyproject"])
    def test_a_name_that_is_no_questionnaire_is_not_found(self, sign_in, name):
        assert sign_in("researcher").get(f"/study/questionnaires/{name}").status_code == 404

    def test_one_that_cannot_run_says_what_to_mend(self, sign_in, monkeypatch, tmp_path):
        (tmp_path / "bent.yaml").write_text(
            "name: bent\ntitle: Bent\nquestions: [{type: text, name: a, colour: red}]\n"
        )
        names, look_up = library.names, library.look_up
        monkeypatch.setattr(library, "names", lambda: names(tmp_path))
        monkeypatch.setattr(library, "look_up", lambda name: look_up(name, tmp_path))
        client = sign_in("researcher")
        for address in ("/study/", "/study/questionnaires/bent"):
            page = client.get(address).text
            assert "cannot run" in page
            assert "colour" in page

    def test_what_a_definition_says_is_text_and_never_markup(self, sign_in, monkeypatch, tmp_path):
        text = "name: sly\ntitle: '<script>alert(1)</script>'\nrespondent: worker\nlanguages: [en]\nsource: Test\n"
        text += "questions: [{type: text, name: a, label: '<img src=x onerror=alert(1)>'}]\n"
        (tmp_path / "sly.yaml").write_text(text)
        names, look_up = library.names, library.look_up
        monkeypatch.setattr(library, "names", lambda: names(tmp_path))
        monkeypatch.setattr(library, "look_up", lambda name: look_up(name, tmp_path))
        page = sign_in("researcher").get("/study/questionnaires/sly").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;img" in page


class TestDataOut:
    def test_the_form_says_for_whom_and_what_may_not_be_done(self, sign_in, interviews):
        page = sign_in("researcher").get("/study/data").text
        assert "Pseudonymous is not anonymous." in page
        assert "worker (2)" in page

    @pytest.mark.parametrize("role", ["researcher", "administrator"])
    def test_gives_a_zip_with_data_codebook_and_limits(self, sign_in, interviews, role):
        answer = post(sign_in(role))
        assert (answer.status_code, answer.mimetype) == (200, "application/zip")
        assert answer.headers["Cache-Control"] == "no-store"
        names = set(ZipFile(BytesIO(answer.data)).namelist())
        assert {"data/README.txt", "data/worker/codebook.html", "data/worker/respondents.csv"} <= names
        people = tables(answer)["data/worker/respondents.csv"]
        assert sorted(people["supplier_code"]) == ["FARM", "MILL"]
        assert set(people["paid_anything"]) == {"no"}

    def test_every_download_is_in_the_audit_trail_under_the_persons_name(self, sign_in, interviews, people):
        post(sign_in("researcher"), suppliers=["MILL"])
        with store.session() as session:
            [event] = session.exec(select(AuditEvent).where(AuditEvent.action == "export")).all()
        assert event.user_id == people["researcher"].id
        assert (event.subject, event.detail["respondents"]) == ("data of worker", "worker 1")
        assert event.detail["suppliers"] == ["MILL"]

    def test_a_supplier_and_a_round_can_be_chosen(self, sign_in, interviews):
        answer = post(sign_in("researcher"), suppliers=["MILL"], round="M/R1")
        assert tables(answer)["data/worker/respondents.csv"]["supplier_code"].tolist() == ["MILL"]

    @pytest.mark.parametrize("wrong", [
        {"format": "doc"}, {"suppliers": ["NOWHERE"]}, {"round": "R9"}, {"surveys": []}, {"surveys": ["../worker"]},
    ])  # fmt: skip
    def test_what_is_not_offered_is_refused_and_nothing_leaves(self, sign_in, interviews, wrong):
        answer = post(sign_in("researcher"), **wrong)
        assert (answer.status_code, answer.mimetype) == (422, "text/html")
        with store.session() as session:
            assert session.exec(select(AuditEvent).where(AuditEvent.action == "export")).first() is None

    def test_free_text_cannot_be_had_through_the_page(self, sign_in, interviews):
        answer = post(sign_in("researcher"), free_text="yes")
        texts = {name for name, question in library.load("worker").questions.items() if question.type == "text"}
        assert texts
        assert not texts & set(tables(answer)["data/worker/respondents.csv"])

    @pytest.mark.parametrize("role", ["auditor", "reviewer"])
    def test_is_closed_to_everybody_else(self, sign_in, interviews, role):
        client = sign_in(role)
        assert client.get("/study/data").status_code == 403
        assert post(client).status_code == 403

    def test_needs_the_token_of_its_own_form(self, sign_in, interviews):
        assert sign_in("researcher").post("/study/data", data=FORM).status_code == 400

    def test_says_so_where_nothing_was_answered_yet(self, sign_in):
        assert "No interviews have been received yet" in sign_in("researcher").get("/study/data").text

    def test_sends_to_the_command_where_a_browser_would_wait_too_long(self, sign_in, interviews, monkeypatch):
        monkeypatch.setattr("mapper.web.study.export_form.MOST_RESPONSES", 1)
        answer = post(sign_in("researcher"))
        assert answer.status_code == 422
        assert "mapper export" in answer.text


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_serious_for_axe_and_nothing_cut_off(browser, live_server, interviews, language):
    from axe_playwright_python.sync_playwright import Axe

    from tests.conftest import PASSWORD

    with store.transaction() as session:
        for user in session.exec(select(User)):
            user.language = language
    page = browser.new_context(base_url=live_server, viewport={"width": 360, "height": 640}).new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/sign-in")
    page.fill("#name", "researcher")
    page.fill("#password", PASSWORD)
    page.click("form.form button")
    page.wait_for_url("**/suppliers/**")
    for path in ("/study/", f"/study/questionnaires/worker_short?in={language}", "/study/data"):
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        assert [each["id"] for each in violations if each["impact"] in ("serious", "critical")] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.context.close()
    assert complaints == []
