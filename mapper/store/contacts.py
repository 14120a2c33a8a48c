"""Whom to call when someone is in danger."""

from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store.tables import ReferralContact, Site, Supplier


def contacts_at(session: Session, site_id: UUID) -> list[ReferralContact]:
    """Everybody who can help at this site, those of the site itself before those of the whole country."""
    site = session.get(Site, site_id)
    supplier = session.get(Supplier, site.supplier_id) if site else None
    if site is None or supplier is None:
        return []
    everywhere = (col(ReferralContact.site_id).is_(None)) & (col(ReferralContact.country) == supplier.country)
    found = session.exec(select(ReferralContact).where(everywhere | (col(ReferralContact.site_id) == site.id)))
    return sorted(found, key=lambda each: (each.site_id is None, each.organisation))
