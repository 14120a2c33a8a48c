"""Every route × every role × two buyers, against the one table that decides."""

import re
from uuid import UUID

import pytest
from flask import Flask

from mapper import create_app
from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import Buyer, Supplier, SupplyLink, User
from mapper.web import access
from tests.conftest import PASSWORD, csrf

SAMPLES = {
    "kind": "buyers", "filename": "icon.svg", "survey": "worker", "version": "0" * 16, "language": "en",
    "supplier": "MILL", "round": "R1",
}  # fmt: skip


def requests_of(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, an address) of everything that the application answers."""
    found = []
    for rule in app.url_map.iter_rules():
        fill = {name: SAMPLES.get(name, str(UUID(int=5))) for name in rule.arguments}
        address = re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda part, fill=fill: fill[part[1]], rule.rule)
        found += [(rule.endpoint, method, address) for method in rule.methods - {"HEAD", "OPTIONS"}]
    return sorted(set(found))


def is_refused(answer) -> bool:
    return answer.status_code in (401, 403) or answer.headers.get("Location", "").startswith("/sign-in")


def ask(client, method, address):
    data = {"csrf_token": csrf(client)} if method != "GET" else None
    return client.open(address, method=method, data=data, buffered=True)


def test_every_route_has_its_line_in_the_table(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - set(access.RULES) == set()


def test_the_table_names_only_routes_that_exist(app):
    assert set(access.RULES) - set(app.view_functions) == set()


def test_the_table_names_only_roles_that_exist():
    assert set().union(*access.RULES.values()) <= set(accounts.ROLES) | {access.ANONYMOUS, access.DUTY}
    assert access.ROLES == accounts.ROLES


@pytest.mark.parametrize("role", accounts.ROLES)
def test_a_role_opens_exactly_the_routes_that_the_table_gives_it(app, sign_in, role):
    wrong, client = [], sign_in(role)
    for endpoint, method, address in requests_of(app):
        answer = ask(client, method, address)
        client = client if method == "GET" else sign_in(role)  # what was sent may have ended the session
        is_way_out = endpoint in ("auth.sign_out", "auth.sign_out_everywhere") and answer.status_code == 302
        if is_refused(answer) == (role in access.RULES[endpoint]) and not is_way_out:
            wrong.append((endpoint, method, address, answer.status_code))
    assert wrong == []


def test_nobody_opens_anything_but_the_open_doors(app, people):
    wrong = []
    for endpoint, method, address in requests_of(app):
        answer = ask(app.test_client(), method, address)
        if access.ANONYMOUS not in access.RULES[endpoint] and not is_refused(answer):
            wrong.append((endpoint, method, address, answer.status_code))
    assert wrong == []


def test_a_route_that_nobody_registered_is_closed_to_everybody(database, people):
    app = create_app({"TESTING": True})
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    client = app.test_client()
    assert is_refused(client.get("/forgotten"))
    client.post("/sign-in", data={"name": "administrator", "password": PASSWORD, "csrf_token": csrf(client)})
    assert client.get("/forgotten").status_code == 403


@pytest.fixture
def two_tenants(people):
    """A supplier of each buyer, and one that supplies both."""
    with store.transaction() as session:
        own, other = people["reviewer"].buyer_id, people["other_reviewer"].buyer_id
        for code, buyers in {"MINE": [own], "THEIRS": [other], "SHARED": [own, other]}.items():
            supplier = Supplier(code=code, name=f"Supplier {code}", country="MY")
            session.add(supplier)
            session.flush()
            session.add_all(SupplyLink(buyer_id=buyer, supplier_id=supplier.id, tier=1) for buyer in buyers)


@pytest.mark.parametrize(
    ("person", "hidden", "shown"),
    [("reviewer", "THEIRS", "MINE"), ("other_reviewer", "MINE", "THEIRS")],
)
def test_a_reviewer_sees_nothing_of_another_buyers_supplier(sign_in, two_tenants, person, hidden, shown):
    client = sign_in(person)
    assert client.get(f"/suppliers/{hidden}/").status_code == 404
    assert client.get(f"/suppliers/{shown}/").status_code == 200
    assert client.get("/suppliers/SHARED/").status_code == 200
    assert f"Supplier {hidden}" not in client.get("/suppliers/").text


def test_the_audit_team_sees_every_buyers_suppliers(sign_in, two_tenants):
    assert sign_in("auditor").get("/suppliers/THEIRS/").status_code == 200


def test_a_reviewer_without_a_buyer_sees_nothing(sign_in, two_tenants, people):
    with store.transaction() as session:
        session.get(User, people["reviewer"].id).buyer_id = None
    assert sign_in("reviewer").get("/suppliers/").status_code == 403


def test_a_scope_covers_its_own_buyer_and_no_other():
    own, other = Buyer(code="A", name="A"), Buyer(code="B", name="B")
    assert access.Scope(everything=False, buyer_id=own.id).covers(own.id)
    assert not access.Scope(everything=False, buyer_id=own.id).covers(other.id)
    assert not access.Scope(everything=False).covers(own.id)
    assert access.Scope(everything=True).covers(other.id)


class TestTokens:
    """Programs: a bearer token acts as its user, without a session and without CSRF tokens."""

    @pytest.fixture
    def token(self, people):
        with store.transaction() as session:
            return accounts.add_token(session, session.get(User, people["auditor"].id), "tablet", days=1)

    def headers(self, token):
        return {"Authorization": f"Bearer {token}"}

    def test_a_token_opens_what_its_user_may_open(self, client, token):
        assert client.get("/account", headers=self.headers(token)).status_code == 200
        assert client.get("/admin/", headers=self.headers(token)).status_code == 403

    def test_a_program_needs_no_csrf_token(self, client, token):
        answer = client.put(f"/api/responses/{UUID(int=1)}", headers=self.headers(token), json={})
        assert answer.status_code == 422

    def test_a_browser_session_does_need_one_for_the_same_route(self, sign_in):
        assert sign_in("auditor").put(f"/api/responses/{UUID(int=1)}", json={}).status_code == 400

    def test_a_cookie_is_not_excused_from_csrf_by_adding_a_header(self, sign_in):
        client = sign_in("auditor")
        answer = client.put(f"/api/responses/{UUID(int=1)}", json={}, headers=self.headers("lmm_nonsense"))
        assert answer.status_code == 400

    @pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "Basic YTpi", "bearer lmm_", "\x00"])
    def test_nonsense_is_nobody(self, client, people, header):
        answer = client.put(f"/api/responses/{UUID(int=1)}", json={}, headers={"Authorization": header})
        assert answer.status_code == 401

    def test_a_revoked_token_is_nobody(self, client, token):
        with store.transaction() as session:
            from mapper.store import queries

            accounts.revoke_token(session, queries.tokens(session)[0])
        assert is_refused(client.get("/account", headers=self.headers(token)))

    def test_an_expired_token_is_nobody(self, client, token):
        from datetime import timedelta

        from mapper.store import queries

        with store.transaction() as session:
            kept = queries.tokens(session)[0]
            kept.expires = kept.created - timedelta(seconds=1)
        assert is_refused(client.get("/account", headers=self.headers(token)))

    def test_a_deactivated_users_token_is_nobody(self, client, token, people):
        with store.transaction() as session:
            accounts.set_active(session, session.get(User, people["auditor"].id), active=False)
        assert is_refused(client.get("/account", headers=self.headers(token)))

    def test_only_the_hash_of_a_token_is_stored(self, token, instance):
        assert token.encode() not in b"".join(file.read_bytes() for file in instance.glob("mapper.db*"))
