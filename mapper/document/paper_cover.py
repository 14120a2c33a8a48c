"""What a mapping's set-up lets the cover of a questionnaire say beforehand: codes, and whom to call at that site."""

from uuid import UUID

from sqlmodel import Session, select

from mapper.document.paper import Contact, Cover
from mapper.store.contacts import contacts_at
from mapper.store.tables import Mapping, Round, Site, Supplier


def cover_at(session: Session, supplier: str, site: str) -> Cover | None:
    """The cover for a site by the codes of its supplier and of itself; None where there is no such site."""
    asked = select(Site).join(Supplier).where(Supplier.code == supplier, Site.code == site)
    found = session.exec(asked).first()
    return cover_of(session, found.id) if found else None


def cover_of(session: Session, site_id: UUID | None, round_id: UUID | None = None) -> Cover:
    """The cover for a site and a round by their ids, as far as they are there."""
    site = session.get(Site, site_id) if site_id else None
    supplier = session.get(Supplier, site.supplier_id) if site else None
    round_ = session.get(Round, round_id) if round_id else None
    mapping = session.get(Mapping, round_.mapping_id) if round_ else None
    contacts = contacts_at(session, site.id) if site else []
    return Cover(
        mapping=mapping.code if mapping else "",
        round=round_.code if round_ else "",
        supplier=supplier.code if supplier else "",
        site=site.code if site else "",
        contacts=tuple(Contact(one.organisation, one.service, one.telephone) for one in contacts),
    )
