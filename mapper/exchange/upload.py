"""What a researcher uploads, read within bounds: a module's folder or a whole study as a zip file, or a workbook.

Nothing is trusted: not the sizes that a zip file states, not its paths, not what its names end in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from mapper.definition.assemble import RawModule
from mapper.definition.codes import WORKBOOKS
from mapper.definition.problems import Problem
from mapper.definition.raw import Keyed
from mapper.definition.read import MODULE_FILES
from mapper.exchange.unpack import MEGABYTE, CannotRead, unpacked
from mapper.exchange.xlsform import Imported, import_workbook
from mapper.exchange.xlsform_files import definition_texts, plain, yaml_text
from mapper.exchange.xlsform_texts import IN_ZAWGYI, TO_UNICODE, ZAWGYI, Worded
from mapper.notice import Notice, together

MOST_BYTES = 10 * MEGABYTE  # as uploaded
WORKBOOK_ENDINGS = (".xlsx", ".xls", ".csv", ".md")
NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
MODULE, STUDY = "module", "questionnaire"


@dataclass(frozen=True)
class Uploaded:
    """Texts of definitions by path, as in a study's folder: `modules/NAME/module.yaml`, and of a whole study
    `NAME.yaml` too. `name` is the module's or the questionnaire's. What came from a workbook is there once more with
    its places in the sheets: `raw` by module, `survey` for a whole questionnaire, `wording` by language and
    text for what the study's catalogues say otherwise.
    """

    kind: str
    name: str
    title: str
    files: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    raw: Mapping[str, RawModule] = field(default_factory=dict)
    survey: Keyed | None = None
    wording: Mapping[str, Mapping[str, Worded]] = field(default_factory=dict)

    @property
    def modules(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(path.split("/")[1] for path in self.files if path.startswith("modules/")))


def read_upload(content: BinaryIO, file_name: str, kind: str) -> Uploaded:
    """The upload as files. `kind` says what a workbook is meant to be: a module, or a whole questionnaire."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    ending = PurePosixPath(name).suffix.lower()
    data = content.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = Notice(
            "The file is larger than %(most)s MB. A questionnaire needs far less.", most=MOST_BYTES // MEGABYTE
        )
        raise CannotRead(message)
    if not data:
        raise CannotRead(Notice("The file is empty. Choose it again."))
    with TemporaryDirectory() as folder:
        if ending in WORKBOOK_ENDINGS:
            path = Path(folder) / f"{_stem(name)}{ending}"
            path.write_bytes(data)
            return _of_workbook(path, name, kind)
        if ending != ".zip":
            message = Notice("Give a .zip file with a module's folder, or a workbook (.xlsx, .xls, .csv, .md).")
            raise CannotRead(message)
        path = Path(folder) / "upload.zip"
        path.write_bytes(data)
        found = unpacked(path)
        book = _only_workbook(found)
        return _of_workbook_beside(found, book, Path(folder), kind) if book else _of_zip(found, name)


def _stem(name: str) -> str:
    """A file's name as the name of a questionnaire, where the workbook does not say it."""
    stem = re.sub(r"[^a-z0-9_]+", "_", PurePosixPath(name).stem.lower()).strip("_0123456789")
    return stem[:40] or "questionnaire"


# Workbooks ---------------------------------------------------------------------------------------------------------


def _of_workbook(path: Path, shown_as: str, kind: str) -> Uploaded:
    mends = kind != MODULE  # a module is new: whoever wrote it mends it
    imported = import_workbook(path, shown_as=shown_as, mends=mends, checks=mends)
    problems = tuple(one for one in imported.problems if one.code in WORKBOOKS)
    if imported.raw is None:
        told = together(*(part for one in problems for part in (one.message, one.remedy)))
        raise CannotRead(told or Notice("The workbook cannot be read."))
    variants = sum(map(len, imported.variants.values()))
    if variants:
        message = Notice("%(count)s wordings by gender are not taken over.", count=variants)
        remedy = Notice("Add them to the catalogue of variants after the questionnaire is in the study.")
        problems += (Problem(f"{shown_as}[variants]", 0, 0, "not_carried_over", message, remedy, "warning"),)
    return (_module if kind == MODULE else _study)(imported, problems)


def _only_workbook(found: Mapping[PurePosixPath, bytes]) -> PurePosixPath | None:
    """The workbook of a zip file that holds one, with the tables that it names, and no definition."""
    if any(path.suffix == ".yaml" for path in found):
        return None
    sheets = [path for path in found if path.suffix.lower() in (".xlsx", ".xls")]
    books = sheets or [path for path in found if path.suffix.lower() == ".md"]
    return books[0] if len(books) == 1 else None


def _of_workbook_beside(found: Mapping[PurePosixPath, bytes], book: PurePosixPath, folder: Path, kind: str) -> Uploaded:
    path = folder / f"{_stem(book.name)}{book.suffix.lower()}"
    path.write_bytes(found[book])
    beside = [each for each in found if each.parent == book.parent and each.suffix.lower() == ".csv"]
    for each in beside:
        (folder / each.name).write_bytes(found[each])
    uploaded = _of_workbook(path, book.name, kind)
    remedy = Notice("Zip the workbook with its CSV files alone.")
    ignored = (_not_read(str(each), book.name, remedy) for each in found if each not in (book, *beside))
    return replace(uploaded, problems=(*uploaded.problems, *ignored))


def _study(imported: Imported, problems: tuple[Problem, ...]) -> Uploaded:
    assert imported.raw is not None
    survey = plain(imported.raw.survey)
    files = definition_texts(imported, _translations(imported))
    return Uploaded(STUDY, survey["name"], survey["title"], files, problems, imported.raw.modules, imported.raw.survey)


def _module(imported: Imported, problems: tuple[Problem, ...]) -> Uploaded:
    """The workbook's own questions as one module, beside those that it groups as modules already."""
    assert imported.raw is not None
    written = imported.raw.survey
    name, title = plain(written)["name"], plain(written)["title"]
    modules = {**({name: _own_module(written)} if written.get("questions") else {}), **imported.raw.modules}
    if not modules:
        raise CannotRead(Notice("The workbook has no questions. Write them in the sheet “survey”."))
    first = next(iter(modules))
    files = {path: text for each, raw in modules.items() for path, text in _texts(each, raw).items()}
    if translations := _translations(imported):
        files[f"modules/{first}/translations.yaml"] = yaml_text(translations)
    problems = tuple(one for one in problems if not _is_of_questionnaires(one))
    problems += tuple(_not_of_modules(written))
    return Uploaded(MODULE, first, title, files, problems, modules, wording=imported.own_wording)


def _is_of_questionnaires(one: Problem) -> bool:
    """What a module leaves to its questionnaire, or leaves out altogether, which is said in one sentence."""
    sheet = one.file.rpartition("[")[2].removesuffix("]")
    return one.code in ("respondent_unstated", "consent_unstated") or (
        one.code == "kept_for_xlsform" and sheet in ("settings", "entities")
    )


def _not_of_modules(written: Keyed) -> Iterator[Problem]:
    kept = written.get("xlsform")
    left = [key.text.removeprefix("settings.") for key, _ in (kept.entries if isinstance(kept, Keyed) else ())]
    if left := [*(["consent"] if written.get("consent") else []), *left]:
        message = Notice("A module has nothing of this; it is left out: %(listed)s.", listed=", ".join(left))
        remedy = Notice("Upload the workbook as a whole questionnaire to keep it.")
        place = written.place.file.rpartition("[")[0]
        yield Problem(f"{place}[settings]", 0, 0, "not_carried_over", message, remedy, "warning")


def _own_module(written: Keyed) -> RawModule:
    kept = {"name": "name", "title": "label", "source": "source", "questions": "questions"}
    entries = tuple((key._replace(text=kept[key.text]), value) for key, value in written.entries if key.text in kept)
    parts = {key: _only(written, key) for key in ("choices", "indicators")}
    return RawModule(Keyed(entries, written.place), parts["choices"], parts["indicators"])


def _only(written: Keyed, wanted: str) -> Keyed | None:
    entries = tuple((key, value) for key, value in written.entries if key.text == wanted)
    return Keyed(entries, written.place) if entries else None


def _texts(name: str, module: RawModule) -> dict[str, str]:
    parts = {"module": module.module, "choices": module.choices, "indicators": module.indicators}
    return {f"modules/{name}/{file}.yaml": yaml_text(plain(value)) for file, value in parts.items() if value}


def _translations(imported: Imported) -> dict[str, dict[str, dict[str, str]]]:
    """What the study's catalogues do not say, and apart from it what they say otherwise."""
    found: dict[str, dict[str, dict[str, str]]] = {"translations": {}}
    for code, texts in imported.catalogues.items():
        for text, said in texts.items():
            key = "own_wording" if text in imported.own_wording.get(code, ()) else "translations"
            found.setdefault(key, {}).setdefault(code, {})[text] = said
    return found if any(found.values()) else {}


# Zip files ---------------------------------------------------------------------------------------------------------


def _of_zip(found: Mapping[PurePosixPath, bytes], shown_as: str) -> Uploaded:
    homes = [path.parent for path in found if path.name == "module.yaml"]
    studies = [path for path in found if path.suffix == ".yaml" and path.parent / "modules" in _folders(found)]
    if studies:
        return _of_study(found, studies, shown_as)
    if len(homes) != 1:
        if not homes:
            raise CannotRead(_nothing_to_read(found))
        message = Notice(
            "The zip file holds %(count)s files called module.yaml. Zip one module's folder.", count=len(homes)
        )
        raise CannotRead(message)
    [home] = homes
    texts = {path.name: _text(path, content) for path, content in found.items() if path.parent == home}
    name = _name(home.name or _stated_name(texts["module.yaml"]) or _stem(shown_as))
    read = {file: text for file, text in texts.items() if file in MODULE_FILES or file.endswith(".csv")}
    others = [str(path) for path in found if path.parent != home or path.name not in read]
    problems = (*(_not_read(other, shown_as) for other in others), *_in_zawgyi(read))
    return Uploaded(MODULE, name, name, {f"modules/{name}/{file}": text for file, text in read.items()}, problems)


def _nothing_to_read(found: Mapping[PurePosixPath, bytes]) -> Notice:
    books = [path.name for path in found if path.suffix.lower() in (".xlsx", ".xls")]
    if not books:
        return Notice("The zip file holds no module.yaml. Zip one module's folder.")
    return Notice(
        "The zip file holds %(count)s workbooks (%(listed)s) and no module.yaml. Zip one workbook with its CSV files, "
        "or one module's folder.",
        count=len(books),
        listed=", ".join(books[:5]),
    )


def _of_study(found: Mapping[PurePosixPath, bytes], studies: list[PurePosixPath], shown_as: str) -> Uploaded:
    """A whole study's folder, as a draft is downloaded."""
    if len(studies) > 1:
        message = Notice("The zip file holds %(count)s questionnaires. Upload one at a time.", count=len(studies))
        raise CannotRead(message)
    [file] = studies
    files, others = {f"{_name(file.stem)}.yaml": _text(file, found[file])}, []
    for path, content in found.items():
        within = path.relative_to(file.parent).parts if path.is_relative_to(file.parent) else ()
        if _belongs(within):
            files["/".join(within)] = _text(path, content)
        elif path != file:
            others.append(str(path))
    problems = (*(_not_read(other, shown_as) for other in others), *_in_zawgyi(files))
    return Uploaded(STUDY, file.stem, file.stem, files, problems)


def _in_zawgyi(files: Mapping[str, str]) -> Iterator[Problem]:
    """Lines in the old Burmese encoding, as in the cells of a workbook."""
    for file, text in files.items():
        for number, line in enumerate([] if text.isascii() else text.splitlines(), 1):
            if found := ZAWGYI.search(line):
                yield Problem(file, number, found.start() + 1, "zawgyi", IN_ZAWGYI, TO_UNICODE, "error")


def _belongs(parts: tuple[str, ...]) -> bool:
    if len(parts) == 2 and parts[0] == "choices":
        return parts[1].endswith(".yaml")
    if len(parts) == 3 and parts[0] == "modules" and NAME.fullmatch(parts[1]):
        return parts[2] in MODULE_FILES or parts[2].endswith(".csv")
    return False


def _folders(found: Mapping[PurePosixPath, bytes]) -> set[PurePosixPath]:
    return {parent for path in found for parent in path.parents}


def _text(path: PurePosixPath, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\x00", "\ufffd")
    except UnicodeDecodeError:
        message = Notice("%(name)s is not UTF-8. Save it as UTF-8 and zip the folder anew.", name=path.name)
        raise CannotRead(message) from None


def _stated_name(module: str) -> str:
    found = re.search(r"^name:\s*[\"']?([a-z0-9_]+)", module, re.MULTILINE)
    return found[1] if found else ""


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        message = Notice("'%(name)s' cannot be a name: 2 to 40 small letters, digits and underscores.", name=name[:60])
        raise CannotRead(message)
    return name


def _not_read(path: str, shown_as: str, remedy: str = "") -> Problem:
    made_of = Notice("A module is made of %(listed)s and tables that end in .csv.", listed=", ".join(MODULE_FILES))
    message = Notice("The file '%(path)s' is not read.", path=path[:100])
    return Problem(shown_as, 0, 0, "not_read", message, remedy or made_of, "warning")
