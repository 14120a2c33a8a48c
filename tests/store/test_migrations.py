"""Migrations: up from nothing, with rows down and up again, and the same tables as the models."""

import pytest
from sqlalchemy import text

from mapper.store import database as store
from mapper.store import schema
from mapper.store.tables import Buyer, Supplier, SupplyLink


@pytest.fixture
def migrated(instance):
    schema.upgrade()
    yield
    store.dispose()


def test_a_new_database_gets_exactly_the_tables_of_the_models(migrated):
    assert schema.differences() == []


def test_a_new_database_is_at_the_newest_revision(migrated):
    assert schema.current() == schema.head()


def test_upgrading_twice_changes_nothing(migrated):
    with store.transaction() as session:
        session.add(Buyer(code="NORD", name="Nord Apparel"))
    schema.upgrade()
    with store.session() as session:
        assert session.scalar(text("select count(*) from buyer")) == 1


REVISIONS = ["base", *sorted(schema.known())]  # numbered in the order in which they follow each other


@pytest.mark.parametrize("earlier", REVISIONS[:-1])
def test_every_revision_goes_down_and_up_again_with_rows_in_the_tables(migrated, earlier):
    with store.transaction() as session:
        buyer, supplier = Buyer(code="NORD", name="Nord"), Supplier(code="MILL", name="Mill", country="MY")
        session.add_all([buyer, supplier])
        session.flush()
        session.add(SupplyLink(buyer_id=buyer.id, supplier_id=supplier.id, tier=1))
    schema.downgrade(to=earlier)
    schema.upgrade()
    assert schema.differences() == []


def test_a_migration_that_fails_leaves_the_database_as_it_was(instance):
    with store.engine().execution_options(writes=True).begin() as connection:
        connection.execute(text("create table buyer (id integer)"))
    with pytest.raises(Exception, match="already exists"):
        schema.upgrade()
    with store.engine().connect() as connection:
        tables = connection.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
    store.dispose()
    assert tables == ["buyer"]
