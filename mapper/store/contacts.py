"""Whom to call when someone is in danger."""

from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store.tables import ReferralContact, Site, Supplier


def of_supplier(session: Session, supplier_id: UUID) -> list[ReferralContact]:
    """Everybody who can help the workers of a supplier: those of its sites before those of its country."""
    supplier = session.get_one(Supplier, supplier_id)
    sites = select(Site.id).where(Site.supplier_id == supplier_id)
    everywhere = (col(ReferralContact.site_id).is_(None)) & (col(ReferralContact.country) == supplier.country)
    found = session.exec(select(ReferralContact).where(everywhere | col(ReferralContact.site_id).in_(sites)))
    return sorted(found, key=lambda each: (each.site_id is None, each.organisation))


def contacts_at(session: Session, site_id: UUID) -> list[ReferralContact]:
    """Everybody who can help at this site, those of the site itself before those of the whole country."""
    site = session.get(Site, site_id)
    supplier = session.get(Supplier, site.supplier_id) if site else None
    if site is None or supplier is None:
        return []
    everywhere = (col(ReferralContact.site_id).is_(None)) & (col(ReferralContact.country) == supplier.country)
    found = session.exec(select(ReferralContact).where(everywhere | (col(ReferralContact.site_id) == site.id)))
    return sorted(found, key=lambda each: (each.site_id is None, each.organisation))
