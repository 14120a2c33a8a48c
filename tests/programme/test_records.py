"""Trainings, stakeholders, the gender scale and the evidence matrix: computed, stored, shown, refused."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import yaml
from sqlmodel import select

from mapper.demo import plan as demo_plan
from mapper.demo import programme as demo_programme
from mapper.demo import remediation as demo_remediation
from mapper.programme import counters, evidence, gather, gender_scale
from mapper.programme import trainings as trainings_of
from mapper.remediation.adequate import outside
from mapper.setup.apply import apply as apply_setup
from mapper.store import database as store
from mapper.store import programme_tables as rows
from mapper.store import tables
from mapper.store.programme_tables import GenderAssessment, Stakeholder, Training
from tests.conftest import EITHER_DATABASE, at_once, csrf
from tests.programme.conftest import framework, put, refusals, send

CODE = "demo-programme"
TOMORROW = (date.today() + timedelta(days=1)).isoformat()
HOME = f"/programmes/at/{CODE}/"


@pytest.fixture
def demo(people, monkeypatch):
    """The demonstration's suppliers and its programme, without interviews and published figures."""
    monkeypatch.setattr(demo_programme, "PUBLISHED", ())
    with store.transaction() as session:
        apply_setup(session, demo_plan.plan())
    demo_programme.load()


def counted(name):
    with store.session() as session:
        return counters.count(session, name, gather.programme(session, CODE))


def test_what_the_program_counts_itself_needs_no_typing(demo):
    assert counted("trainings").value == 5
    assert counted("trained").breakdowns["gender_age"] == {
        "woman": 100.0, "man": 120.0, "another": 1.0, "prefer_not": 1.0, "unavailable": 10.0,
    }  # fmt: skip
    assert (counted("satisfied").value, counted("satisfied").base) == (84.1, 151)
    assert counted("organisations_trained").value == 6
    assert counted("ending_worker_fees").breakdowns["actor_type"] == {
        "employer_or_supplier": 1.0, "recruitment_agency": 1.0,
    }  # fmt: skip
    assert counted("stakeholders").value == 8


def test_interviews_are_counted_by_gender_and_refusals_are_not(demo):
    body = {"survey": "worker", "status": "accepted", "definition": "v1", "synthetic": True}
    given = [("woman", {}, "given_verbal"), ("man", {}, "given_written"), (None, {"gender": "refused"}, "given_verbal"),
             (None, {}, "given_verbal"), ("woman", {}, "refused")]  # fmt: skip
    with store.transaction() as session:
        session.add(tables.Definition(version="v1", name="worker", source={"respondent": "worker"}))
        session.add(tables.Definition(version="v2", name="management", source={"respondent": "management"}))
        round_id = session.exec(select(tables.Round.id)).first()
        session.flush()
        for number, (gender, missing, consent) in enumerate(given):
            answers = {"gender": gender} if gender else {}
            session.add(
                tables.Response(
                    id=uuid4(), sha256=str(number), **body, round_id=round_id, answers=answers, missing=missing,
                    conditions={"consent": consent},
                )
            )  # fmt: skip
    found = counted("interviews")
    assert found.value == 4
    assert found.breakdowns["gender_age"] == {"woman": 1.0, "man": 1.0, "prefer_not": 1.0, "unavailable": 1.0}
    assert counted("mappings").value == 1


def test_people_on_a_list_whom_no_group_counts_stay_apart(demo):
    with store.session() as session:
        found = list(session.exec(select(Training)))
    *kinds, everything = trainings_of.by_kind(found)
    assert [each.kind for each in kinds] == ["pre_employment", "pre_departure", "post_arrival", "supplier"]
    assert (everything.sessions, everything.total, everything.unexplained) == (5, 234.0, 2.0)
    assert (everything.satisfied, everything.rated) == (84.1, 151)
    assert everything.participants == counted("trained").breakdowns["gender_age"], "both pages say the same"
    [shown] = [each for each in framework(CODE).indicators if each.code == "TRAINED"]
    assert (shown.actual, shown.remarks[0].kind, shown.remarks[0].parts["difference"]) == (234.0, "sum_short", 2.0)


def test_the_demonstration_types_nothing_that_the_program_knows(demo):
    """Not even of repayments: they reach as many workers as it takes for a figure to be told."""
    found = {each.code: each for each in framework(CODE).indicators}
    wanted = {"PLANS": "action_plans", "REPAID": "money_repaid", "WORKERS_REPAID": "repayments"}
    assert {code: found[code].counter for code in wanted} == wanted
    assert (found["PLANS"].actual, found["PLANS"].latest.counted) == (0.0, True)
    assert outside([yaml.safe_load(demo_remediation.FILE.read_text("utf-8"))["paid"]])


def test_pages_of_records_open_in_two_directions(sign_in, demo, people):
    for language in ("en", "ar"):
        with store.transaction() as session:
            session.get(tables.User, people["auditor"].id).language = language
        client = sign_in("auditor")
        for part in ("", "trainings/", "evidence/", "gender/", "gender/assess"):
            assert client.get(HOME + part).status_code == 200
        assert "Saipal Manpower" in client.get("/programmes/stakeholders/").text


@EITHER_DATABASE
def test_a_training_sent_twice_at_the_same_moment_is_one_and_both_are_told_that_it_is_saved(sign_in, own):
    with store.session() as session:
        programme = gather.programme(session, "FAIR")
    form = {"code": "T1", "title": "Session", "kind": "supplier", "held": "2026-03-01", "audience": "everybody"}
    new = f"/programmes/edit/trainings/new?programme_id={programme.id}"
    assert at_once(sign_in("auditor"), new, form | {"once": str(uuid4())}) == [302] * 4
    with store.session() as session:
        assert [row.code for row in session.exec(select(Training))] == ["T1"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [({"woman": "9", "total": "5"}, "woman", "add up to 9, which is more than the total of 5"),
     ({"satisfied": "5"}, "rated", "a percentage needs its base"),
     ({"satisfied": "5", "rated": "4"}, "satisfied", "More were satisfied than were asked."),
     ({"woman": "3", "rated": "4"}, "rated", "More were asked than took part."),
     ({"ends": "2026-01-01"}, "ends", "It ends before it begins."),
     ({"held": TOMORROW, "ends": TOMORROW}, "held", f"{TOMORROW} lies ahead."),
     ({"ends": TOMORROW}, "ends", f"{TOMORROW} lies ahead."),
     ({"woman": "-1"}, "woman", "is not a whole number"),
     ({"woman": "1000000000000"}, "woman", "is too large"),
     ({"total": "9" * 5000}, "total", "is too large"),
     ({"languages": "ne, xx"}, "languages", "is not a language")],
)  # fmt: skip
def test_a_training_that_cannot_be_is_refused_at_its_field(sign_in, own, typed, field, said):
    with store.session() as session:
        programme = gather.programme(session, "FAIR")
    new = f"/programmes/edit/trainings/new?programme_id={programme.id}"
    form = {"code": "T1", "title": "Session", "kind": "supplier", "held": "2026-03-01", "audience": "everybody"}
    answer = send(sign_in("auditor"), new, **form | typed)
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert said in answer.text


def test_a_training_keeps_its_groups_languages_and_organisations(sign_in, own):
    client = sign_in("auditor")
    send(client, "/programmes/edit/stakeholders/new", code="A1", name="Agency", kind="recruitment_agency")
    with store.session() as session:
        programme, agency = gather.programme(session, "FAIR"), session.exec(select(Stakeholder)).one()
    new = f"/programmes/edit/trainings/new?programme_id={programme.id}"
    form = {"code": "T1", "title": "Session", "kind": "supplier", "held": "2026-03-01", "audience": "women"}
    answer = send(client, new, **form, woman="0", unavailable="12", languages="ne, bn", stakeholders=str(agency.id))
    assert answer.headers["Location"] == "/programmes/at/FAIR/trainings/"
    with store.session() as session:
        row = session.exec(select(Training)).one()
    assert (row.participants, row.languages, row.audience) == ({"woman": 0, "unavailable": 12}, ["ne", "bn"], "women")
    remove = f"/programmes/edit/stakeholders/{agency.id}/remove"
    assert client.post(remove, data={"csrf_token": csrf(client)}).status_code == 409, "a training names it"


def test_a_form_that_is_sent_twice_is_saved_once_and_says_so(sign_in, own):
    """The second does not hear that its code is used already: whoever clicked twice would think that nothing came."""
    client = sign_in("auditor")
    with store.session() as session:
        programme = gather.programme(session, "FAIR")
    new = f"/programmes/edit/trainings/new?programme_id={programme.id}"
    form = {"code": "T1", "title": "Session", "kind": "supplier", "held": "2026-03-01", "audience": "women"}
    once = str(uuid4())
    assert [send(client, new, **form, once=once).status_code for _ in range(2)] == [302, 302]
    assert send(client, new, **form, once=str(uuid4())).status_code == 422
    with store.session() as session:
        assert len(session.exec(select(Training)).all()) == 1


class TestGenderScale:
    """The level follows from the questionnaire's own rule; faults cap it."""

    YES, NO = "yes", "no"

    def answers(self, **other):
        clean = {each.name: self.NO if each.is_fault else self.YES for each in gender_scale.criteria()}
        return {**clean, **other}

    def test_no_fault_and_every_strength_is_level_five(self):
        judged = gender_scale.judge(self.answers())
        assert (judged.highest, judged.faults, judged.open) == (5, (), ())

    @pytest.mark.parametrize(
        ("other", "level"),
        [({"gs1_power": "yes"}, 1), ({"gs2_same": "yes"}, 2), ({"gs3_known": "no"}, 2), ({"gs4_needs": "no"}, 3),
         ({"gs5_change": "no"}, 4), ({"gs1_norms": "dont_know"}, None)],
    )  # fmt: skip
    def test_one_fault_or_gap_caps_the_level(self, other, level):
        assert gender_scale.judge(self.answers(**other)).highest == level

    def typed(self, level, **other):
        answers = self.answers(**other)
        notes = {f"{name}_note": "Policy, page 3" for name in answers}
        return {"assessed": "2026-05-01", **answers, **notes, "gs_chosen": level, "gs_reason": "As the papers show"}

    def post(self, client, path, **form):
        return client.post(path, data={**form, "csrf_token": csrf(client)})

    def test_a_level_above_an_unresolved_fault_is_refused(self, sign_in, demo):
        path = "/programmes/suppliers/alder/gender/assess"
        answer = self.post(sign_in("auditor"), path, **self.typed("4", gs2_same="yes"))
        assert answer.status_code == 422
        assert "level 2 is the highest possible" in answer.text
        assert "Policy, page 3" in answer.text, "what was typed is kept"

    def test_a_judgement_without_evidence_is_refused(self, sign_in, demo):
        form = {**self.typed("5"), "gs3_known_note": ""}
        answer = self.post(sign_in("auditor"), f"{HOME}gender/assess", **form)
        assert answer.status_code == 422
        assert 'id="gs3_known_note-problem"' in answer.text

    def test_a_judgement_that_is_sent_twice_is_one(self, sign_in, demo):
        client, once = sign_in("auditor"), str(uuid4())
        path = "/programmes/suppliers/alder/gender/assess"
        sent = [self.post(client, path, **self.typed("5"), once=once).status_code for _ in range(2)]
        assert sent == [302, 302]
        with store.session() as session:
            ours = select(GenderAssessment).where(GenderAssessment.reason == "As the papers show")
            assert len(session.exec(ours).all()) == 1

    def test_no_level_is_guessed(self, sign_in, demo):
        path = "/programmes/suppliers/alder/gender/assess"
        answer = self.post(sign_in("auditor"), path, **self.typed("1", gs1_norms="dont_know"))
        assert answer.status_code == 422
        assert "A level is never guessed." in answer.text

    def test_history_grows_and_a_reviewer_sees_what_is_shared_without_its_evidence(self, sign_in, demo, people):
        auditor, page = sign_in("auditor"), "/programmes/suppliers/alder/gender"
        with store.transaction() as session:
            buyer = session.exec(select(tables.Buyer).where(tables.Buyer.code == "meridian")).one()
            session.get(tables.User, people["reviewer"].id).buyer_id = buyer.id
        assert self.post(auditor, f"{page}/assess", **self.typed("2", gs2_same="yes")).status_code == 302
        assert self.post(auditor, f"{page}/assess", **{**self.typed("4", gs5_all="no"), "assessed": "2026-11-01"})
        with store.session() as session:
            given = session.exec(select(GenderAssessment).where(GenderAssessment.supplier_id.is_not(None))).all()
        assert [(row.highest, row.level) for row in given] == [(2, 2), (4, 4)]
        reviewer = sign_in("reviewer")
        before = reviewer.get(page).text
        assert "Ask the audit team for it." in before
        assert 'href="/suppliers/alder/#indicators"' in before, "an empty page says where to go instead"
        assert 'href="/programmes/suppliers/alder/gender/assess"' not in before
        share = f"/programmes/gender/{given[0].id}/share"
        assert self.post(reviewer, share, shared="yes").status_code == 403
        self.post(auditor, share, shared="yes")
        seen = reviewer.get(page).text
        assert "Gender-blind" in seen
        assert "Policy, page 3" not in seen
        assert "As the papers show" not in seen
        assert sign_in("other_reviewer").get(page).status_code == 404


def test_the_matrix_says_which_findings_rest_on_one_source(sign_in, demo):
    page = sign_in("auditor").get(f"{HOME}evidence/").text
    assert "1 finding rests on one source only." in page
    assert "F5 does not exist" in page
    with store.session() as session:
        assert session.exec(select(tables.AuditEvent).where(tables.AuditEvent.action == "read.evidence")).one()


def test_support_is_told_by_source_and_by_method(demo):
    with store.session() as session:
        owner = {"programme_id": gather.programme(session, CODE).id}
        asked, sources, findings = (
            gather.within(session, table, **owner)
            for table in (rows.EvidenceQuestion, rows.EvidenceSource, rows.EvidenceFinding)
        )
        found = evidence.matrix(asked, sources, findings, session.exec(select(rows.Passage)).all())
    assert {each.finding.code: each.support for each in found.findings} == {
        "F1": "several_methods", "F2": "one_method", "F3": "one_source", "F4": "none",
    }  # fmt: skip
    assert [coded.source.code for coded in found.findings[0].contradicting] == ["DOC1"]
    assert len(found.cells["Q1", "group"]) == 1
    assert found.cells["Q3", "document"] == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [("outcomes: [{code: O, text: t}]", 1, "The file names no programme."),
     ("programme: {code: P, name: n, ends: 2020-01-01, starts: 2021-01-01}", 1, "before it starts"),
     ("programme: {code: P, name: n, buyer: NOBODY}", 1, "There is no buyer 'NOBODY'."),
     ("{I}{unit: percent, actuals: [{as_of: 2026, value: 50}]}", 6, "A percentage without its base"),
     ("{I}{unit: persons, actuals: [{as_of: 2026, value: 5, breakdowns: "
      "[{dimension: gender_age, parts: {woman: 6}}]}]}", 6, "add up to 6, which is more than the total of 5"),
     ("{I}{unit: persons, actuals: [{as_of: 2026, breakdowns: [{dimension: gender_age, parts: {lady: 6}}]}]}", 6,
      "'lady' is not known here."),
     ("{I}{unit: money, actuals: [{as_of: 2026, value: 5}]}", 6, "An amount of money has no currency."),
     ("{I}{unit: money, currency: USD, actuals: [{as_of: 2026, value: -5}]}", 6, "'-5' is negative."),
     ("{I}{actuals: [{value: 5}]}", 6, "It is not said when this was reached."),
     ("{I}{target_ambiguous: yes}", 6, "in which way the target is ambiguous"),
     ("{I}{counter: interviewz}", 6, "Did you mean 'interviews'?"),
     ("{I}{unit: persons, actuals: [{as_of: 2026, value: 12.5}]}", 6, "'12.5' is not a whole number."),
     ("{I}{unit: persons, actuals: [{as_of: 2026, value: 10, breakdowns: "
      "[{dimension: gender_age, parts: {woman: 2.5}}]}]}", 6, "'2.5' is not a whole number."),
     ("{I}{unit: persons, target: 12.5}", 6, "'12.5' is not a whole number."),
     ("{I}{unit: percent, actuals: [{as_of: 2026, value: 130, base: 20}]}", 6, "a share is at most 100 %."),
     ("{I}{unit: money, currency: USD, actuals: [{as_of: 2026, value: 500 MYR}]}", 6, "These are two currencies"),
     ("{I}{actuals: [{as_of: 2026, value: USD 5 NPR 6}]}", 6, "'USD 5 NPR 6' holds two currencies."),
     ("programme: {code: P, name: n}\ntrainings: [{code: T, title: t, kind: supplier, held: 2026-01-01, total: 2, "
      "participants: {woman: 3}}]", 2, "add up to 3"),
     ("programme: {code: P, name: n}\nstakeholders: [{code: A, name: a, kind: cso, works_under: A}]", 2,
      "cannot work under itself")],
)  # fmt: skip
def test_a_file_that_cannot_be_says_where_and_nothing_of_it_is_stored(people, tmp_path, text, line, said):
    start = "programme: {code: P, name: n}\noutcomes:\n  - code: O\n    text: t\n    indicators:\n"
    start += "      - {code: I, text: t, "
    problems = refusals(text.replace("{I}{", start), tmp_path)
    assert len(problems) == 1
    assert re.search(rf"programme\.yaml\D+{line}\b", problems[0])
    assert said in problems[0]


def test_everything_that_is_wrong_with_a_file_is_said_at_once_and_nothing_twice(people, tmp_path):
    """What cannot be read, what contradicts itself and what is missing, each at its line."""
    found = refusals(WRONG.replace("TOMORROW", TOMORROW), tmp_path)
    lines = [int(re.search(r"programme\.yaml\D+(\d+)", each)[1]) for each in found]
    assert lines == [1, 5, 7, 11, 14, 14, 15, 15, 16], found


WRONG = """\
programme: {code: P, name: n, ends: 2020-01-01, starts: 2021-01-01}
outcomes:
  - code: O
    text: t
    colour: red
    indicators:
      - {code: I, text: t, unit: percents}
      - code: J
        unit: money
        text: t
        target: many
        currency: USD
        actuals:
          - {as_of: 2026-13, value: -5}
          - {as_of: TOMORROW, value: 5, breakdowns: [{dimension: gender_age, parts: {woman: 6}}]}
trainings: [{code: T, title: t, kind: supplier, held: TOMORROW}]
"""


def test_two_outcomes_cannot_share_an_indicators_code(people, tmp_path):
    one = "  - {{code: {}, text: t, indicators: [{{code: SAME, text: t}}]}}\n"
    problems = refusals("programme: {code: P, name: n}\noutcomes:\n" + one.format("A") + one.format("B"), tmp_path)
    assert "The outcome 'A' has an indicator 'SAME' already." in problems[0]


def test_an_update_changes_what_it_names_and_leaves_the_rest(own, tmp_path):
    changed = put("programme: {code: FAIR, name: Fairer work}\n", tmp_path)
    assert [str(change) for change in changed] == ["changed programme FAIR: name"]
    with store.session() as session:
        assert gather.programme(session, "FAIR").source == "Our own plan"
