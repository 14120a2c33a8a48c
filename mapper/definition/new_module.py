"""A folder to begin a module with: three files that pass `check`, with comments that teach."""

import re
from pathlib import Path

from mapper.definition.taken import taken

NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")

MODULE = """\
# The questions of one matter, in the words of XLSForm (docs/definition.md lists all keys).
# How to word a question for a worker: docs/wording.md. Check at any time: mapper survey check
name: {name}
label: {title}
# Where this stands on the map, for every question below: a stage and an actor (docs/definition.md has the codes).
stage: S5_employment
actor: employer
source: "Own wording. Say here where the matter comes from: publication, year, paragraph."
questions:
  - type: select_one yes_no            # the list yes_no lies in surveys/choices/answers.yaml
    name: {name}_happens
    label: "Does this happen at your work?"
    hint: "Say what you see yourself."
  - type: select_multiple {name}_kinds  # a list of this module: choices.yaml
    name: {name}_what
    label: "What happens?"
    relevant: ${{{name}_happens}} = 'yes'
    constraint: "not(selected(., 'none') and count-selected(.) > 1)"
    constraint_message: "'None of these' cannot stand with another answer."
    guidance_hint: "For the auditor, not read aloud: read out every answer."
"""
CHOICES = """\
# Answers exclude each other and leave nobody out. "Do not know" and "prefer not to say" stand at every question anyway.
choices:
  {name}_kinds:
    - {{name: first, label: "The first thing"}}
    - {{name: second, label: "The second thing"}}
    - {{name: none, label: "None of these"}}
"""
INDICATORS = """\
# A statement about one respondent: true, false or unknown (docs/indicators.md). The figures follow from it.
indicators:
  - name: {name}_reported
    label: The matter happens at work
    rule: ${{{name}_happens}} = 'yes'
    kind: description           # forced_labour, fees, breach, gender, climate or description
    stage: S5_employment
    actor: employer
    source: "Own rule. Say here where the rule comes from."
    status: verify              # found, once the source has been read in the publication itself
    table: {title}              # a table of this name in the summary; leave it out and it stands among all others
"""
ENDINGS = ("happens", "what", "kinds", "reported")  # of the questions, the list and the indicator above
FILES = {"module.yaml": MODULE, "choices.yaml": CHOICES, "indicators.yaml": INDICATORS}


class CannotMake(Exception):
    """The message says why there is no new module, and what to do."""


def new_module(name: str, root: Path) -> Path:
    """The folder of the new module, with its three files. Raises CannotMake; then nothing was written."""
    if not NAME.fullmatch(name):
        raise CannotMake(
            f"'{name}' cannot be a name. Use 2 to 40 small letters, digits and underscores, for example heat."
        )
    modules = root / "modules"
    if not modules.is_dir():
        raise CannotMake(f"{root} holds no modules. Give the folder of the questionnaires with --surveys.")
    folder = modules / name
    known = taken(root)
    for wanted in (name, *(f"{name}_{ending}" for ending in ENDINGS)):
        if wanted in known:
            made = "" if wanted == name else f" The module would bring '{wanted}'."
            raise CannotMake(f"'{name}' is taken: there is {known[wanted]} already.{made} Choose another name.")
    try:
        folder.mkdir()
    except FileExistsError:
        raise CannotMake(f"There is a module '{name}' already, in {folder}. Choose another name.") from None
    except OSError as error:
        raise CannotMake(f"{folder} cannot be made: {error.strerror}. Choose a folder that you may write in.") from None
    title = name.replace("_", " ").capitalize()
    for file, text in FILES.items():
        (folder / file).write_text(text.format(name=name, title=title), "utf-8")
    return folder
