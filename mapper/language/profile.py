"""What is declared of a language: names, direction, the axes of its gender variants, and who has reviewed it.

Each language is a folder `translations/<locale>/` with `language.yaml` and its catalogues under `LC_MESSAGES/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Any, Literal

import yaml

from mapper import paths

SOURCE_LANGUAGE = "en"
AXES = {  # axis → its values; a language declares which of them change its wording
    "respondent_gender": ("woman", "man"),
    "speaker": ("woman", "man"),
    "register": ("older", "younger"),
}


@dataclass(frozen=True)
class Profile:
    """One language. `state` is `draft` until a native speaker has reviewed it, then `reviewed`."""

    code: str
    name: str
    english_name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    state: Literal["draft", "reviewed"] = "draft"
    reviewed_by: str = ""
    reviewed_on: str = ""
    digits: str = "latn"
    calendar: Literal["gregorian", "bikram_sambat"] = "gregorian"  # what stands beside Gregorian dates, if another
    axes: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.state != "reviewed"

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """Every combination of the declared axes that a sentence may have a variant for, most general first."""
        values = [("", *(f"{axis}={value}" for value in AXES[axis])) for axis in self.axes]
        combinations = (";".join(part for part in combination if part) for combination in product(*values))
        return tuple(sorted(filter(None, combinations), key=lambda context: context.count(";")))


ENGLISH = Profile(SOURCE_LANGUAGE, "English", "English", state="reviewed")


@cache
def profile(code: str, root: Path = paths.TRANSLATIONS) -> Profile:
    """The profile of a language; KeyError if there is no such folder."""
    if code == SOURCE_LANGUAGE:
        return ENGLISH
    file = root / code / "language.yaml"
    if not code.replace("_", "").isalnum() or not file.is_file():
        raise KeyError(f"There is no language '{code}': expected {file}.")
    stated: Mapping[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    known = {name: stated[name] for name in Profile.__dataclass_fields__ if name in stated}
    return Profile(**{**known, "code": code, "axes": tuple(stated.get("axes", ()))})


@cache
def languages(root: Path = paths.TRANSLATIONS) -> tuple[str, ...]:
    """Codes of all languages, English first."""
    return (SOURCE_LANGUAGE, *sorted(file.parent.name for file in root.glob("*/language.yaml")))


def undeclared(code: str) -> Profile:
    """A draft profile for a language that the program does not have, as far as CLDR knows it."""
    from babel import Locale, UnknownLocaleError  # only for workbooks in such a language

    try:
        locale = Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        return Profile(code, code, code)
    names = (locale.get_display_name() or code, locale.get_display_name("en") or code)
    return Profile(code, *names, "rtl" if locale.text_direction == "rtl" else "ltr")
