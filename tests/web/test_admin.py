"""The administrator's pages, in English and in Arabic: what is shown, what is stored, what is refused."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import SQLModel, select

from mapper.definition import library
from mapper.language.catalogue import translator
from mapper.store import database as store
from mapper.store import tables
from mapper.store.tables import (
    AuditEvent,
    Buyer,
    LabourRecruiter,
    RecruiterLink,
    Round,
    Site,
    Supplier,
    SupplyLink,
    User,
)
from mapper.store.tables_care import SafeguardingCase
from mapper.web.admin.kinds import KINDS
from mapper.web.admin.words import TABLES
from tests.conftest import csrf


@pytest.fixture(params=["en", "ar"])
def admin(request, sign_in, people):
    """The administrator's browser, in a left-to-right and in a right-to-left language."""
    with store.transaction() as session:
        session.get(User, people["administrator"].id).language = request.param
    return sign_in("administrator")


def send(client, path, **fields):
    """Post the form of a page as a browser does: with the hidden fields that it came with."""
    page = client.get(path).text
    base = re.search(r'name="loaded"[^>]*value="([^"]*)"', page)
    return client.post(path, data={"loaded": base[1] if base else "", **fields, "csrf_token": csrf(client)})


def only(table):
    with store.session() as session:
        return session.exec(select(table)).one()


def every(table):
    with store.session() as session:
        return session.exec(select(table)).all()


@pytest.fixture
def mill(people):
    with store.transaction() as session:
        supplier = Supplier(code="MILL", name="First Mill", country="MY", sector="garment")
        session.add(supplier)
        session.flush()
        session.add(SupplyLink(supplier_id=supplier.id, buyer_id=people["reviewer"].buyer_id, tier=1))
    return supplier


def test_a_supplier_is_added_with_its_tier_and_recruiters(admin, people):
    with store.transaction() as session:
        recruiter = LabourRecruiter(code="EVEREST", name="Everest", country="NP")
        session.add(recruiter)
    buyer = people["reviewer"].buyer_id
    answer = send(
        admin, "/admin/suppliers/new", code="MILL", name="  मिल  एक ", country="MY", sector="garment",
        **{f"tier_{buyer.hex}": "2", "recruiters": str(recruiter.id)},
    )  # fmt: skip
    assert answer.headers["Location"] == "/admin/suppliers/"
    supplier = only(Supplier)
    assert (supplier.code, supplier.name, supplier.country, supplier.sector) == ("MILL", "मिल एक", "MY", "garment")
    assert (only(SupplyLink).buyer_id, only(SupplyLink).tier) == (buyer, 2)
    assert (only(RecruiterLink).recruiter_id, only(RecruiterLink).supplier_id) == (recruiter.id, supplier.id)
    assert "मिल एक" in admin.get("/admin/suppliers/").text


def test_a_tier_and_a_recruiter_are_taken_away_again(admin, mill, people):
    form = {"code": "MILL", "name": "First Mill", "country": "MY", "sector": "garment"}
    form |= {f"tier_{people[name].buyer_id.hex}": "" for name in ("reviewer", "other_reviewer")}
    assert send(admin, f"/admin/suppliers/{mill.id}", **form).status_code == 302
    assert every(SupplyLink) == []


def test_numbers_of_workers_left_empty_are_unknown_and_not_zero(admin, mill):
    form = {
        "supplier_id": str(mill.id),
        "code": "MAIN",
        "name": "Main",
        "woman": "120",
        "man": "0",
        "unavailable": "15",
    }
    send(admin, "/admin/sites/new", **form)
    assert only(Site).workers == {"woman": 120, "man": 0, "unavailable": 15}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"woman": "1,200"}, "woman"), ({"man": "-3"}, "man"), ({"another": "many"}, "another"),
     ({"code": "two words"}, "code"),
     ({"name": ""}, "name"), ({"supplier_id": ""}, "supplier_id"), ({"supplier_id": str(UUID(int=1))}, "supplier_id"),
     ({"woman": "9999999999"}, "woman"), ({"name": "x" * 201}, "name")],
)  # fmt: skip
def test_a_problem_is_said_at_its_field_and_what_was_typed_is_kept(admin, mill, wrong, field):
    form = {"supplier_id": str(mill.id), "code": "MAIN", "name": "Häuptfabrik", "woman": "12", **wrong}
    page = send(admin, "/admin/sites/new", **form)
    assert page.status_code == 422
    assert f'id="{field}-problem"' in page.text
    assert f'href="#{field}"' in page.text
    assert 'value="Häuptfabrik"' in page.text or field == "name"
    assert every(Site) == []


def test_a_round_keeps_days_questionnaires_languages_and_sampling(admin, mill, people):
    with store.transaction() as session:
        mapping = tables.Mapping(code="M", title="Mapping", buyer_id=people["reviewer"].buyer_id)
        session.add(mapping)
    form = {
        "mapping_id": str(mapping.id), "code": "R1", "starts": "2026-03-01", "ends": "2026-03-31",
        "questionnaires": ["worker", "management"], "languages": ["en", "ne"], "sampling": "random",
        "sampling_MILL": "quota",
    }  # fmt: skip
    assert send(admin, "/admin/rounds/new", **form).status_code == 302
    stored = only(Round)
    assert (stored.starts.isoformat(), stored.ends.isoformat()) == ("2026-03-01", "2026-03-31")
    assert (stored.questionnaires, stored.languages) == (["worker", "management"], ["en", "ne"])
    assert stored.sampling == {"default": "random", "MILL": "quota"}
    page = admin.get(f"/admin/rounds/{stored.id}").text
    assert 'value="2026-03-01"' in page
    assert page.count(" checked") == 4
    assert send(admin, f"/admin/rounds/{stored.id}", **form | {"sampling": ""}).status_code == 302
    assert only(Round).sampling == {"MILL": "quota"}  # each supplier has its own
    assert send(admin, f"/admin/rounds/{stored.id}", **form | {"sampling": "", "sampling_MILL": ""}).status_code == 422
    arabic = admin.get(f"/admin/rounds/{stored.id}?lang=ar").text
    assert translator("ar").text_neutral(library.load("worker").title) in arabic
    assert library.load("worker").title not in arabic


@pytest.mark.parametrize("days", [("2026-03-31", "2026-03-01"), ("2026-02-30", ""), ("31.3.2026", "")])
def test_impossible_days_of_a_round_are_refused(admin, people, days):
    with store.transaction() as session:
        mapping = tables.Mapping(code="M", title="Mapping", buyer_id=people["reviewer"].buyer_id)
        session.add(mapping)
    form = {"mapping_id": str(mapping.id), "code": "R1", "starts": days[0], "ends": days[1], "questionnaires": "worker"}
    page = send(admin, "/admin/rounds/new", **form, languages="en", sampling="random")
    assert page.status_code == 422
    assert every(Round) == []


def test_a_code_that_is_taken_is_refused(admin, mill):
    page = send(admin, "/admin/suppliers/new", code="MILL", name="Another", country="MY", sector="garment")
    assert page.status_code == 422
    assert len(every(Supplier)) == 1


def test_two_suppliers_may_each_have_a_site_with_the_same_code(admin, mill):
    with store.transaction() as session:
        other = Supplier(code="MILL-2", name="Second", country="TH")
        session.add(other)
        session.flush()
        session.add(Site(supplier_id=other.id, code="MAIN", name="Main"))
    assert send(admin, "/admin/sites/new", supplier_id=str(mill.id), code="MAIN", name="Main").status_code == 302


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unasked(admin, mill):
    form = {"code": "MILL", "name": "My name", "country": "MY", "sector": "garment"}
    page = admin.get(f"/admin/suppliers/{mill.id}").text
    seen = re.search(r'name="loaded"[^>]*value="([^"]*)"', page)[1]
    with store.transaction() as session:
        session.get(Supplier, mill.id).name = "Their name"
    first = admin.post(f"/admin/suppliers/{mill.id}", data={**form, "loaded": seen, "csrf_token": csrf(admin)})
    assert first.status_code == 422
    assert only(Supplier).name == "Their name"
    again = re.search(r'name="loaded"[^>]*value="([^"]*)"', first.text)[1]
    admin.post(f"/admin/suppliers/{mill.id}", data={**form, "loaded": again, "csrf_token": csrf(admin)})
    assert only(Supplier).name == "My name"


def test_nothing_is_removed_while_something_depends_on_it(admin, mill):
    with store.transaction() as session:
        session.add(Site(supplier_id=mill.id, code="MAIN", name="Main"))
    assert f"/admin/suppliers/{mill.id}/remove" not in admin.get(f"/admin/suppliers/{mill.id}").text
    answer = admin.post(f"/admin/suppliers/{mill.id}/remove", data={"csrf_token": csrf(admin)})
    assert answer.status_code == 409
    assert only(Supplier).code == "MILL"


def test_what_other_staff_keep_apart_holds_a_supplier_without_its_kind_or_number(admin, mill):
    with store.transaction() as session:
        for _ in range(3):
            case = {"response_id": uuid4(), "survey": "worker", "deadline": date(2026, 12, 1)}
            session.add(SafeguardingCase(supplier_id=mill.id, **case))
    page = admin.get(f"/admin/suppliers/{mill.id}").text
    held = re.search(r'<section class="remove">(.*?)</section>', page, re.S)[1]
    assert "<a " not in held
    assert not re.search(r"3|٣|safeguarding", held)
    assert f"/admin/suppliers/{mill.id}/remove" not in page
    assert admin.post(f"/admin/suppliers/{mill.id}/remove", data={"csrf_token": csrf(admin)}).status_code == 409


def test_every_table_that_may_hold_something_has_words_or_is_kept_apart(admin):
    whole = {kind.table.__tablename__ for kind in KINDS.values()}
    pointing = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in whole and table.name not in TABLES
    }
    assert pointing == {"remediationcase", "repaymentdecision", "safeguardingcase", "standing", "standingcorridor"}


def test_removing_takes_the_links_along_and_is_in_the_audit_trail(admin, mill):
    assert admin.get(f"/admin/suppliers/{mill.id}/remove").status_code == 200
    assert len(every(Supplier)) == 1
    admin.post(f"/admin/suppliers/{mill.id}/remove", data={"csrf_token": csrf(admin)})
    assert every(Supplier) == every(SupplyLink) == []
    assert ("remove", "Supplier MILL") in [(event.action, event.subject) for event in every(AuditEvent)]


@pytest.mark.parametrize(
    "path", ["/admin/suppliers/{}", "/admin/suppliers/{}/remove", "/admin/users/{}/x", "/admin/nothing/"]
)
def test_what_does_not_exist_is_not_found(admin, path):
    assert admin.get(path.format(UUID(int=9))).status_code == 404


class TestUsers:
    def test_a_new_user_gets_a_password_that_works_and_is_shown_once(self, admin, app):
        page = send(admin, "/admin/users/new", name="Sita Rai", role="auditor", buyer="", language="ne")
        password = re.search(r'<output class="secret"[^>]*>([^<]+)<', page.text)[1]
        client = app.test_client()
        answer = client.post("/sign-in", data={"name": "sita rai", "password": password, "csrf_token": csrf(client)})
        assert answer.status_code == 302
        assert password not in admin.get("/admin/users/").text
        assert page.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        ("fields", "field"),
        [({"name": "auditor"}, "name"), ({"role": ""}, "role"), ({"role": "reviewer"}, "buyer"), ({"name": ""}, "name"),
         ({"role": "king"}, "role"), ({"language": "xx"}, "language")],
    )  # fmt: skip
    def test_a_problem_is_said_at_its_field(self, admin, fields, field):
        form = {"name": "new person", "role": "auditor", "buyer": "", "language": "en", **fields}
        page = send(admin, "/admin/users/new", **form)
        assert page.status_code == 422
        assert f'id="{field}-problem"' in page.text

    def test_a_new_password_replaces_the_old_one(self, admin, app, people):
        page = admin.post(f"/admin/users/{people['auditor'].id}/password", data={"csrf_token": csrf(admin)})
        password = re.search(r'<output class="secret"[^>]*>([^<]+)<', page.text)[1]
        client = app.test_client()
        answer = client.post("/sign-in", data={"name": "auditor", "password": password, "csrf_token": csrf(client)})
        assert answer.status_code == 302

    def test_a_user_is_deactivated_and_activated(self, admin, people):
        address, token = f"/admin/users/{people['auditor'].id}/active", csrf(admin)
        admin.post(address, data={"active": "no", "csrf_token": token})
        with store.session() as session:
            assert not session.get(User, people["auditor"].id).active
        admin.post(address, data={"active": "yes", "csrf_token": token})
        with store.session() as session:
            assert session.get(User, people["auditor"].id).active

    def test_the_only_administrator_cannot_lock_everybody_out(self, admin, people):
        address = f"/admin/users/{people['administrator'].id}/active"
        admin.post(address, data={"active": "no", "csrf_token": csrf(admin)})
        assert admin.get("/admin/").status_code == 200

    def test_a_token_is_shown_once_works_and_is_revoked(self, admin, app, people):
        page = send(admin, "/admin/tokens/", user=str(people["auditor"].id), label="tablet 3", days="30")
        token = re.search(r'<output class="secret"[^>]*>([^<]+)<', page.text)[1]
        asking = {"Authorization": f"Bearer {token}"}
        assert app.test_client().get("/account", headers=asking).status_code == 200
        listing = admin.get("/admin/tokens/").text
        assert "tablet 3" in listing
        assert token not in listing
        address = re.search(r'action="(/admin/tokens/[^"]+/revoke)"', listing)[1]
        admin.post(address, data={"csrf_token": csrf(admin)})
        assert app.test_client().get("/account", headers=asking).status_code == 302

    @pytest.mark.parametrize("days", ["0", "3651", "9" * 15, "-1", "soon"])
    def test_a_token_ends_within_ten_years(self, admin, people, days):
        """None that never ends, which 0 days would be, and no day beyond the calendar."""
        page = send(admin, "/admin/tokens/", user=str(people["auditor"].id), label="tablet 3", days=days)
        assert (page.status_code, 'id="days-problem"' in page.text) == (422, True)


class TestChecklist:
    def test_an_empty_installation_begins_with_the_buyer(self, sign_in, people):
        with store.transaction() as session:
            for user in session.exec(select(User)):
                user.buyer_id = None
            session.flush()
            for buyer in session.exec(select(Buyer)):
                session.delete(buyer)
        page = sign_in("administrator").get("/admin/").text
        assert re.search(r'class="step step-next">\s*<h2>Add the buyer', page)

    def test_the_next_step_is_the_first_that_is_not_done(self, sign_in, mill):
        page = sign_in("administrator").get("/admin/").text
        assert re.search(r'class="step step-next">\s*<h2>Add their sites', page)
        assert page.count("step-done") == 3  # buyers, suppliers, people

    def test_a_supplier_that_no_buyer_buys_from_is_named(self, sign_in, mill):
        with store.transaction() as session:
            for link in session.exec(select(tables.SupplyLink)):
                session.delete(link)
        assert "Without a tier at any buyer: First Mill." in sign_in("administrator").get("/admin/").text

    def test_a_site_without_a_number_of_workers_is_named(self, sign_in, mill):
        with store.transaction() as session:
            session.add(Site(supplier_id=mill.id, code="MAIN", name="Main hall"))
        assert "Without a number of migrant workers: Main hall." in sign_in("administrator").get("/admin/").text

    def test_a_country_without_a_referral_contact_is_named(self, sign_in, mill):
        with store.transaction() as session:
            session.add(
                tables.ReferralContact(code="N", country="TH", organisation="O", service="shelter", telephone="1234")
            )
        assert "No contact yet in: Malaysia." in sign_in("administrator").get("/admin/").text


class TestTrail:
    def test_a_change_is_listed_with_who_made_it(self, admin, mill):
        send(admin, f"/admin/suppliers/{mill.id}", code="MILL", name="New name", country="MY", sector="garment")
        page = admin.get("/admin/trail/").text
        assert "Supplier MILL" in page
        assert "administrator" in page

    def test_a_whole_trail_and_a_damaged_one_are_told_apart(self, sign_in, mill):
        client = sign_in("administrator")
        assert "The trail is whole" in client.get("/admin/trail/?verify=1").text
        with store.transaction() as session:
            session.exec(select(AuditEvent)).first().subject = "nothing at all"
        assert "does not fit together at event 1" in client.get("/admin/trail/?verify=1").text

    def test_a_long_trail_comes_in_pages(self, sign_in, people):
        from mapper.store import audit

        with store.transaction() as session:
            for number in range(150):
                audit.record(session, None, "change", f"thing {number}")
        client = sign_in("administrator")
        first = client.get("/admin/trail/").text
        older = re.search(r'href="(/admin/trail/\?before=\d+)"', first)[1]
        second = client.get(older.replace("&amp;", "&")).text
        assert "thing 149" in first
        assert "thing 149" not in second
        assert "thing 0<" in second


def test_made_up_data_are_labelled_on_every_page(admin, people):
    with store.transaction() as session:
        session.add(tables.Mapping(code="D", title="Demo", buyer_id=people["reviewer"].buyer_id, synthetic=True))
    for path in ("/admin/", "/admin/buyers/", "/account", "/suppliers/", "/nowhere"):
        assert "notice-synthetic" in admin.get(path).text, path
