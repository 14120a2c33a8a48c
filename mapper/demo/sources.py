"""The data of the demonstration mapping, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapper import paths

HERE = Path(__file__).parent


def load(file: Path) -> Any:
    """YAML with every scalar as text, so that yes and NO (Norway) stay what they are."""
    with file.open(encoding="utf-8") as text:
        return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - the base loader makes nothing but text, lists and maps


@cache
def habits() -> Mapping[str, Any]:
    return load(HERE / "habits.yaml")


@cache
def corridors() -> Mapping[str, Any]:
    return load(HERE / "corridors.yaml")


@dataclass(frozen=True)
class SupplierProfile:
    """One supplier of the demonstration; shares are 0-1, keyed by round where they change."""

    code: str
    name: str
    country: str
    sector: str
    tier: int
    workers: Mapping[str, int]
    corridors: Mapping[str, float]
    women: float
    interviews: Mapping[str, int]
    sampling: str
    fee_level: Mapping[str, float]
    paid: float
    repaid: Mapping[str, float]
    gaps: float
    harms: Mapping[str, float]
    conditions: Mapping[str, list[Any]]
    refusals: float
    unknown: float


@dataclass(frozen=True)
class RoundDates:
    code: str
    starts: date
    ends: date


@cache
def rounds() -> tuple[RoundDates, ...]:
    stated = load(HERE / "suppliers.yaml")["rounds"]
    return tuple(
        RoundDates(code, date.fromisoformat(dates["starts"]), date.fromisoformat(dates["ends"]))
        for code, dates in stated.items()
    )


@cache
def suppliers() -> tuple[SupplierProfile, ...]:
    stated = load(HERE / "suppliers.yaml")["suppliers"]
    return tuple(_profile(code, about) for code, about in stated.items())


def _profile(code: str, about: Mapping[str, Any]) -> SupplierProfile:
    return SupplierProfile(
        code=code,
        name=about["name"],
        country=about["country"],
        sector=about["sector"],
        tier=int(about["tier"]),
        workers={gender: int(number) for gender, number in about["workers"].items()},
        corridors=_shares(about["corridors"]),
        women=float(about["women"]),
        interviews={code: int(number) for code, number in about["interviews"].items()},
        sampling=about["sampling"],
        fee_level=_shares(about["fee_level"]),
        paid=float(about["paid"]),
        repaid=_shares(about["repaid"]),
        gaps=float(about["gaps"]),
        harms=_shares(about["harms"]),
        conditions=about.get("conditions", {}),
        refusals=float(about.get("refusals", 0.03)),
        unknown=float(about.get("unknown", habits()["unknown"])),
    )


def _shares(stated: Mapping[str, str]) -> dict[str, float]:
    return {name: float(share) for name, share in stated.items()}


@dataclass(frozen=True)
class Wage:
    amount: float
    currency: str
    period: str

    @property
    def monthly(self) -> float:
        """For sizing other amounts; 26 days are a usual month of a day labourer."""
        return self.amount * (26 if self.period == "day" else 1)


def wage(country: str) -> Wage:
    """What a job pays there, before the worker's own luck."""
    stated = corridors()["wages"][country]
    return Wage(float(stated["amount"]), stated["currency"], stated["period"])


@cache
def usual_cost(origin: str, destination: str) -> tuple[float, str]:
    """Amount and currency that the corridor usually costs, from the published figure that corridors.yaml names."""
    for corridor in corridors()["corridors"]:
        if (corridor["origin"], corridor["destination"]) == (origin, destination):
            return _stated(corridor) if "amount" in corridor else _published(corridor["published"], destination)
    raise KeyError(f"corridors.yaml has no corridor {origin} to {destination}")


def _stated(corridor: Mapping[str, Any]) -> tuple[float, str]:
    return float(corridor["amount"]), corridor["currency"]


def _published(wanted: Mapping[str, str], destination: str) -> tuple[float, str]:
    """A figure in months is taken in months of the destination's wage."""
    rows = load(paths.SURVEYS / "methods" / "published_costs.yaml")["published_costs"]
    row = next(r for r in rows if all(r[key] == value for key, value in wanted.items()) and r["group"] == "all")
    if row["unit"] == "months":
        return float(row["value"]) * wage(destination).monthly, wage(destination).currency
    return float(row["value"]), row["unit"]
