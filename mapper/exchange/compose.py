"""A draft of a questionnaire from what was uploaded: the questionnaire itself, or another one with a module more."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from mapper import paths
from mapper.definition import library
from mapper.definition.assemble import RawModule
from mapper.definition.draft import Notes
from mapper.definition.files import read_file
from mapper.definition.model import Survey
from mapper.definition.problems import Problem, errors, in_order
from mapper.definition.raw import Keyed, Scalar, Source, Value
from mapper.definition.read import gather, survey_from_raw
from mapper.definition.uncollected import uncollected
from mapper.exchange.unpack import CannotRead
from mapper.exchange.upload import MODULE, Uploaded
from mapper.exchange.xlsform_files import yaml_text
from mapper.exchange.xlsform_texts import Worded
from mapper.language.profile import languages
from mapper.notice import Notice, without

Files = Mapping[str, str]
Wording = Mapping[str, Mapping[str, Worded]]
CLOSING = re.compile(r"(?:.*_)?closing")  # modules that end an interview are called so


@dataclass(frozen=True)
class Composed:
    """A study's folder with one questionnaire; `survey` is None while it has errors. `order` are its modules
    where some were uploaded to be added to it, `brought` are these, `added` those of these that it did not have. `rows`
    are the rows of the indicators that came from a workbook, in its sheet of them."""

    name: str
    files: Files
    survey: Survey | None
    problems: tuple[Problem, ...]
    order: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    brought: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)

    def heading(self, module: str) -> str:
        return heading_of(self.files, module)


def heading_of(files: Files, module: str) -> str:
    """The heading of a module as its file has it, also while the questionnaire has errors; else its name."""
    try:
        return str(_stated(files, f"modules/{module}/module").get("label") or module)
    except yaml.YAMLError:  # told as an error of that file
        return module


@dataclass(frozen=True)
class Home:
    """Where a module goes: the files of the questionnaire `base`, after the module `after` ("": at the end, but before
    what closes the interview), as a questionnaire of another `name` and `title` where these are given."""

    base: str
    files: Files
    after: str = ""
    name: str = ""
    title: str = ""


def files_of(name: str) -> Files:
    """The texts behind a questionnaire of the server's files, by their path in the study's folder."""
    found = (path for path in library.look_up(name).files if path.is_file())
    return {path.relative_to(paths.SURVEYS).as_posix(): path.read_text("utf-8") for path in found}


def compose(uploaded: Uploaded, home: Home | None) -> Composed:
    """The draft with every problem, those of a workbook by sheet and row. Raises CannotRead."""
    if uploaded.kind == MODULE:
        if home is None:
            raise CannotRead(Notice("Choose the questionnaire to which the module is added."))
        _refuse_taken(uploaded.modules, home)
        name, files = home.name or home.base, _with_module(uploaded, home)
    else:
        name, files = uploaded.name, {**_shared(), **uploaded.files}
    order = tuple(_module_names(_stated(files, name))) if home else ()
    survey, written, problems = _read_both(files, name, uploaded)
    found = in_order({*problems, *_still_true(uploaded, survey), *_unheard(uploaded, survey)})
    before = _module_names(_stated(home.files, home.base)) if home else ()
    added = tuple(each for each in order if each not in before)
    brought = uploaded.modules if home else ()
    return Composed(name, files, None if errors(found) else survey, found, order, added, brought, _rows(written))


def _read_both(files: Files, name: str, uploaded: Uploaded) -> tuple[Survey | None, Survey | None, tuple[Problem, ...]]:
    """The questionnaire as its files say it and, where it came so, as the workbook does, whose errors are enough."""
    written, placed = read(files, name, uploaded) if uploaded.raw or uploaded.survey else (None, ())
    if errors(placed):
        return None, written, placed
    survey, problems = read(files, name)
    return survey, written, placed if written and survey else (*problems, *placed)


def _still_true(uploaded: Uploaded, survey: Survey | None) -> Iterator[Problem]:
    """What was found in the upload, but not that its words for a text are heard where they are not."""
    heard = survey.own_wording if survey else {}
    unheard = {
        (one.file, one.line, one.column)
        for code, texts in uploaded.wording.items()
        for text, one in texts.items()
        if survey and heard.get(code, {}).get(text) != one.said
    }
    for problem in uploaded.problems:
        if problem.code != "kept_for_xlsform" or (problem.file, problem.line, problem.column) not in unheard:
            yield problem


def _rows(written: Survey | None) -> dict[str, int]:
    indicators = written.indicators if written else ()
    return {one.name: one.place.line for one in indicators if one.place and one.place.file.endswith("[indicators]")}


def _refuse_taken(modules: Iterable[str], home: Home) -> None:
    """A module's section and that of a questionnaire's own questions are known by name. Raises CannotRead."""
    for name in modules:
        if name in {*library.names(), home.base, home.name}:
            message = Notice(
                "'%(name)s' is the name of a questionnaire. Give the module another name: form_id in the sheet "
                "'settings', or the folder's name.",
                name=name,
            )
            raise CannotRead(message)


def _unheard(uploaded: Uploaded, survey: Survey | None) -> Iterator[Problem]:
    """Languages of an upload in which nobody will hear it: the program does not speak them, or the questionnaire is
    not offered in them."""
    if survey is None:
        return
    said = {code: path for path, text in uploaded.files.items() for code in _translated_into(path, text)}
    if uploaded.kind != MODULE:
        said |= {code: said.get(code, f"{survey.name}.yaml") for code in survey.languages}
    for code, path in said.items():
        message = Notice("Nobody will hear the texts in '%(code)s'.", code=code)
        if code not in languages():
            remedy = Notice(
                "The program speaks %(listed)s; docs/translator.md says how a language is added.",
                listed=", ".join(languages()),
            )
            yield Problem(path, 0, 0, "unheard_language", message, remedy, "warning")
        elif code not in survey.languages:
            remedy = Notice(
                "Add '%(code)s' to the languages of '%(name)s', or leave its columns out.", code=code, name=survey.name
            )
            yield Problem(path, 0, 0, "unheard_language", message, remedy, "warning")


def _translated_into(path: str, text: str) -> Iterable[str]:
    if not path.endswith(".yaml") or "translations:" not in text:
        return ()
    found = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  text only
    return [*(found.get("translations") or {}), *(found.get("own_wording") or {})] if isinstance(found, dict) else ()


def read(files: Files, name: str, uploaded: Uploaded | None = None) -> tuple[Survey | None, tuple[Problem, ...]]:
    """The questionnaire of a draft's files; what `uploaded` has from a workbook is taken from there, for its places."""
    with TemporaryDirectory() as folder:
        for path, text in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_text(text, "utf-8")
        survey, problems = _read(Path(folder), name, uploaded)
    return survey, tuple(_without(f"{folder}/", one) for one in problems)


def _without(folder: str, one: Problem) -> Problem:
    return replace(one, file=one.file.removeprefix(folder), message=without(one.message, folder))


@uncollected()
def _read(root: Path, name: str, uploaded: Uploaded | None) -> tuple[Survey | None, tuple[Problem, ...]]:
    notes = Notes()
    (root / "modules").mkdir(exist_ok=True)
    written = uploaded.survey if uploaded and uploaded.survey else read_file(root / f"{name}.yaml", notes.report)
    if not isinstance(written, Keyed):
        return None, notes.report.problems
    raw, _ = gather(written, root, notes.report)
    if uploaded:
        modules = {
            name: _placed(module, uploaded.raw.get(name), uploaded.wording) for name, module in raw.modules.items()
        }
        raw = replace(raw, modules=modules)
    survey, problems, _ = survey_from_raw(raw, notes)
    return survey, problems


def _placed(read_again: RawModule, written: RawModule | None, wording: Wording) -> RawModule:
    return replace(written, translations=_in_sheets(read_again.translations, wording)) if written else read_again


def _in_sheets(value: Value | None, wording: Wording) -> Value | None:
    """Translations, those that differ from the study's catalogues with their places in the workbook."""
    if not isinstance(value, Keyed) or not isinstance(own := value.get("own_wording"), Keyed):
        return value
    placed = tuple((code, _of_language(said, wording.get(code.text, {}))) for code, said in own.entries)
    entries = tuple((key, Keyed(placed, own.place) if each is own else each) for key, each in value.entries)
    return Keyed(entries, value.place)


def _of_language(said: Value, places: Mapping[str, Worded]) -> Value:
    if not isinstance(said, Keyed):
        return said
    return Keyed(tuple((_at(text, places.get(text.text)), each) for text, each in said.entries), said.place)


def _at(text: Scalar, where: Worded | None) -> Scalar:
    return text._replace(source=Source(where.file), line=where.line, start=0, end=0) if where else text


def _with_module(uploaded: Uploaded, home: Home) -> Files:
    """The base's files, with the uploaded modules in place of earlier ones of the same names."""
    kept = {path: text for path, text in home.files.items() if not path.startswith(tuple(_folders(uploaded.modules)))}
    stated = _stated(kept, home.base)
    del kept[f"{home.base}.yaml"]
    stated["name"] = home.name or home.base
    stated["title"] = home.title or _title(stated.get("title", ""), uploaded, home)
    after = home.after if home.after in _module_names(stated) else _last_before_closing(stated, home.files)
    stated["modules"] = list(_inserted(stated.get("modules", []), uploaded.modules, after))
    return {**kept, **uploaded.files, f"{stated['name']}.yaml": yaml_text(stated)}


def _title(standing: str, uploaded: Uploaded, home: Home) -> str:
    """A questionnaire of another name says what it has more: two of one title cannot be told apart in a list."""
    module = uploaded.modules[0]
    added = heading_of(uploaded.files, module) if home.name and home.name != home.base else ""
    return f"{standing}: {added}" if added else standing


def _folders(modules: Iterable[str]) -> list[str]:
    return [f"modules/{name}/" for name in modules]


def _stated(files: Files, name: str) -> dict[str, Any]:
    """What a questionnaire's file says, as texts."""
    found = yaml.load(files.get(f"{name}.yaml", ""), Loader=yaml.CBaseLoader)  # noqa: S506  text only
    return found if isinstance(found, dict) else {}


def _module_names(stated: Mapping[str, Any]) -> list[str]:
    return [each["module"] if isinstance(each, dict) else each for each in stated.get("modules", [])]


def _last_before_closing(stated: Mapping[str, Any], files: Files) -> str:
    """The module after which another one is asked: an interview ends with its closing and what the auditor notes."""
    names = _module_names(stated)
    while len(names) > 1 and _closes(names[-1], files):
        names.pop()
    return names[-1] if names else ""


def _closes(name: str, files: Files) -> bool:
    return CLOSING.fullmatch(name) is not None or _stated(files, f"modules/{name}/module").get("record") == "conditions"


def _inserted(listed: list[Any], modules: tuple[str, ...], after: str) -> Iterator[Any]:
    """A module that is there already keeps its place."""
    names = _module_names({"modules": listed})
    new = [name for name in modules if name not in names]
    for name, each in zip(names, listed, strict=True):
        yield each
        if name == after:
            yield from new
    if after not in names:
        yield from new


def _shared() -> Files:
    """The server's shared choice lists, which any questionnaire may use."""
    found = sorted((paths.SURVEYS / "choices").glob("*.yaml"))
    return {path.relative_to(paths.SURVEYS).as_posix(): path.read_text("utf-8") for path in found}


def is_name(text: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9_]{1,39}", text) is not None
