"""Codes beside results, in the words in which the questionnaires offer them, so that their translations serve.

A test compares these with the lists in `surveys/choices`.
"""

from collections.abc import Mapping

from mapper.language.reader import Label

SECTORS: Mapping[str, str] = {
    "agriculture": "Farm or plantation work",
    "fishing": "Fishing",
    "seafood": "Fish or seafood factory",
    "garment": "Clothes, shoes or textiles",
    "electronics": "Electronics",
    "manufacturing": "Another kind of factory",
    "construction": "Building work",
    "domestic": "Work in a private home",
    "care": "Care for old or sick people",
    "hospitality": "Hotel, restaurant or kitchen",
    "cleaning_security": "Cleaning or guarding",
    "transport": "Driving, transport or storage",
    "seafarer": "Work on a ship",
    "other": "Other work",
}

LENDERS: Mapping[str, str] = {
    "family": "Family",
    "friend": "Friends or neighbours",
    "moneylender": "A money lender",
    "microfinance": "A savings group or aid group",
    "bank": "A bank",
    "agency": "A recruitment agency",
    "sub_agent": "A local agent",
    "employer": "The employer",
    "other": "Someone else",
    "refused": "I prefer not to say",
}


def sector(code: str) -> Label:
    return Label(SECTORS.get(code, code.replace("_", " ")))


def lender(code: str) -> Label:
    return Label(LENDERS.get(code, code.replace("_", " ")))
