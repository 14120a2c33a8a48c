"""The words of XLSForm: columns, types and settings, with their other spellings and what stands for them here.

**Source:** XLSForm reference; aliases as pyxform 4.5 accepts them.
"""

from mapper.notice import Notice

TEXTS = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
RULES = ("relevant", "required", "constraint", "calculation", "choice_filter", "repeat_count", "urgent")
MEDIA = ("image", "audio", "video", "big-image")
OWN = ("stage", "actor", "topic", "source", "sensitive", "urgent", "currency", "period")

COLUMNS = {  # other spellings of a column → ours; the rest of a heading is the language
    "relevance": "relevant",
    "readonly": "read_only",
    "calculate": "calculation",
    "constraint_msg": "constraint_message",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list": "list_name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "parameter": "parameters",
}
SURVEY_COLUMNS = frozenset((
    *TEXTS, *RULES, *OWN, "type", "name", "default", "appearance", "read_only", "parameters", "disabled", "mapper",
))  # fmt: skip
CHOICE_COLUMNS = frozenset(("list_name", "name", "label", "missing"))
NESTED = ("bind", "control", "body")  # `bind::relevant` is relevant

SELECTS = {  # spellings of selects, longest first where one begins another
    "add select multiple prompt using": "select_multiple",
    "select all that apply from": "select_multiple",
    "select_multiple_from_file": "select_multiple",
    "select multiple from file": "select_multiple",
    "add select one prompt using": "select_one",
    "select all that apply": "select_multiple",
    "select one from file": "select_one",
    "select_one_from_file": "select_one",
    "select_one_external": "select_one",
    "select multiple from": "select_multiple",
    "select_multiple": "select_multiple",
    "select multiple": "select_multiple",
    "select one from": "select_one",
    "select_one": "select_one",
    "select one": "select_one",
    "select1": "select_one",
    "rank": "rank",
}
FROM_FILE = ("select_multiple_from_file", "select multiple from file", "select one from file", "select_one_from_file")
OTHER = ("or specify other", "or_other", "or other")
TYPES = {  # other spellings of a type → ours
    "q string": "text", "string": "text", "add text prompt": "text", "text": "text",
    "int": "integer", "q int": "integer", "number": "integer", "add integer prompt": "integer",
    "q decimal": "decimal", "add decimal prompt": "decimal",
    "q date": "date", "add date prompt": "date", "add time prompt": "time",
    "datetime": "datetime", "date time": "datetime", "q datetime": "datetime", "add date time prompt": "datetime",
    "add datetime prompt": "datetime",
    "gps": "geopoint", "location": "geopoint", "q location": "geopoint", "q geopoint": "geopoint",
    "add location prompt": "geopoint",
    "photo": "image", "q picture": "image", "q image": "image", "picture": "image", "add image prompt": "image",
    "add photo prompt": "image", "q audio": "audio", "add audio prompt": "audio", "add file prompt": "file",
    "trigger": "acknowledge", "q acknowledge": "acknowledge", "add acknowledge prompt": "acknowledge",
    "q note": "note", "add note prompt": "note", "q calculate": "calculate", "add calculate prompt": "calculate",
    "start time": "start", "get start time": "start", "end time": "end", "get end time": "end", "get today": "today",
}  # fmt: skip
_TYPED = Notice("A code is typed here, not scanned.")
_FILM = Notice("A film is taken with the tablet's camera and chosen here as a file.")
STAND_INS = {  # what this program has instead of a type
    **dict.fromkeys(("barcode", "q barcode", "add barcode prompt"), ("text", _TYPED)),
    **dict.fromkeys(("video", "q video", "add video prompt"), ("file", _FILM)),
    "email": ("hidden", Notice("Nothing is recorded about the device or its user.")),
}
NOT_ASKED = {  # types that nothing stands for
    "geotrace": Notice("A way on the map can identify a worker; it is not asked for here."),
    "geoshape": Notice("An area on the map can identify a worker; it is not asked for here."),
    "osm": Notice("Nothing is asked of OpenStreetMap here."),
    "background-audio": Notice("Nothing is recorded without the respondent's knowledge."),
    "csv-external": Notice("Such a file is read where a rule looks into it."),
    "xml-external": Notice("Files in XML cannot be looked into here; use a CSV file."),
}
METADATA = frozenset({
    "deviceid", "device id", "get device id", "imei", "username", "email", "phonenumber", "phone number",
    "get phone number", "simserial", "sim id", "get sim id", "subscriberid", "subscriber id", "get subscriber id",
    "audit", "start-geopoint", "uri:deviceid", "uri:email", "uri:phonenumber", "uri:username", "uri:simserial",
    "uri:subscriberid",
})  # fmt: skip
BEGINS = {"group": "group", "lgroup": "repeat", "repeat": "repeat", "looped group": "repeat"}

PARAMETERS = {  # those that pyxform takes of a type; it stops at others. Types that are not here take any.
    "text": {"rows"},
    "range": {"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"},
    "select_one": {"randomize", "seed", "value", "label"},
    "select_multiple": {"randomize", "seed", "value", "label"},
    "rank": {"randomize", "seed"},
    "image": {"max-pixels", "app"},
    "audio": {"quality"},
    "geopoint": {"capture-accuracy", "warning-accuracy", "allow-mock-accuracy"},
}
YES = {"yes": "yes", "true": "yes", "true()": "yes", "no": "no", "false": "no", "false()": "no"}
OWN_SETTINGS = ("respondent", "languages", "consent", "source")
READ_SETTINGS = frozenset((
    "form_id", "form_title", "title", "set_form_id", "set_form_title", "id_string", "default_language",
    *OWN_SETTINGS,
))  # fmt: skip

LEFT_OUT = "left_out::"  # before the heading of what other programs could not read either, so that they skip it
REFERENCE_SIGN, NO_REFERENCE = (
    "${",
    "#{",
)  # pyxform looks for questions in every column: there they are written otherwise

QUOTES = dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″«»", '"')
SIGNS = QUOTES | {"–": "-", "−": "-", "≥": ">=", "≤": "<=", "≠": "!=", "\u00a0": " ", "\u202f": " ", "\u2007": " "}
INVISIBLE = "\u200b\u2060\ufeff\u00ad\u200e\u200f"
WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))  # for str.translate
