"""What a set-up file says. None everywhere means that the file does not say it, so that an update leaves it as it is.

Each class describes its own keys: `one`, `several`, `by_key` and `parts` say how a key is read. Of an entry only the
code is always needed; `NEEDED` names what must also be there when the entry does not exist yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from mapper.definition.model import Place
from mapper.setup import values


def one(read: values.Reader) -> Any:
    """One value."""
    return field(default=None, metadata={"one": read})


def several(read: values.Reader) -> Any:
    """A list of values."""
    return field(default=None, metadata={"several": read})


def by_key(read_key: values.Reader, read_value: values.Reader, alone: str | None = None) -> Any:
    """Keys with values; a single value stands for the key `alone`, where there is one."""
    return field(default=None, metadata={"by_key": (read_key, read_value, alone)})


def part(kind: type) -> Any:
    """An entry of its own; a single word is its code."""
    return field(default=None, metadata={"part": kind})


def parts(kind: type) -> Any:
    """A list of entries."""
    return field(default=(), metadata={"parts": kind})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`places` tells where each key stands, and under the empty key where the entry begins."""

    NEEDED: ClassVar[tuple[str, ...]] = ("name",)

    code: str = one(values.code)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    def place(self, key: str = "") -> Place:
        return self.places.get(key) or self.places[""]


@dataclass(frozen=True, kw_only=True)
class BuyerPlan(Entry):
    name: str | None = one(values.name)


@dataclass(frozen=True, kw_only=True)
class SitePlan(Entry):
    """`workers`: number of migrant workers by gender; a gender that is left out was not stated."""

    name: str | None = one(values.name)
    workers: Mapping[str, int] | None = by_key(values.gender, values.workers)


@dataclass(frozen=True, kw_only=True)
class SupplierPlan(Entry):
    """`tier` is the tier at the buyer of the file; `recruiters` are codes."""

    NEEDED: ClassVar[tuple[str, ...]] = ("name", "country")

    name: str | None = one(values.name)
    country: str | None = one(values.country)
    sector: str | None = one(values.word)
    tier: int | None = one(values.tier)
    sites: tuple[SitePlan, ...] = parts(SitePlan)
    recruiters: tuple[str, ...] | None = several(values.code)


@dataclass(frozen=True, kw_only=True)
class RecruiterPlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("name", "country")

    name: str | None = one(values.name)
    country: str | None = one(values.country)
    actor: str | None = one(values.actor)
    licence: str | None = one(values.name)


@dataclass(frozen=True, kw_only=True)
class MappingPlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("title",)

    title: str | None = one(values.name)


@dataclass(frozen=True, kw_only=True)
class RoundPlan(Entry):
    """`sampling` by supplier's code; `default` stands for all others."""

    NEEDED: ClassVar[tuple[str, ...]] = ("questionnaires", "languages")

    starts: date | None = one(values.date)
    ends: date | None = one(values.date)
    sampling: Mapping[str, str] | None = by_key(values.code, values.sampling, alone="default")
    questionnaires: tuple[str, ...] | None = several(values.questionnaire)
    languages: tuple[str, ...] | None = several(values.language)


@dataclass(frozen=True, kw_only=True)
class ReferralPlan(Entry):
    """`site` is written SUPPLIER/SITE; without it the contact serves the whole country."""

    NEEDED: ClassVar[tuple[str, ...]] = ("country", "organisation", "service", "telephone")

    country: str | None = one(values.country)
    site: tuple[str, str] | None = one(values.site)
    organisation: str | None = one(values.name)
    service: str | None = one(values.name)
    telephone: str | None = one(values.telephone)
    languages: tuple[str, ...] | None = several(values.spoken)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole file."""

    synthetic: bool | None = one(values.yes_or_no)
    mapping: MappingPlan | None = part(MappingPlan)
    buyer: BuyerPlan | None = part(BuyerPlan)
    suppliers: tuple[SupplierPlan, ...] = parts(SupplierPlan)
    recruiters: tuple[RecruiterPlan, ...] = parts(RecruiterPlan)
    rounds: tuple[RoundPlan, ...] = parts(RoundPlan)
    referrals: tuple[ReferralPlan, ...] = parts(ReferralPlan)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
