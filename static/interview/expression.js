// The rules of a questionnaire, in the browser, with the meaning that mapper/expression/evaluate.py gives them.
//
// mapper/expression/script.py writes a rule as nested lists: ["=", ["$", "paid"], "yes"]. compile(list) makes it a
// function of a context, which knows the answers:
//   field(name)           the answers that ${name} denotes from here (array of texts), null where there is no such field
//   indexed(name, pairs)  the answers in certain rows; pairs are [repeat, 1-based row]; array or null
//   here()                what `.` stands for; position(), the 1-based number of the repeat row
//   choiceLabel(question, value), lookup(list, column, keyColumn, key), ownValue(): text; now(): Date
//
// A value is a boolean, a number, a text, a Date, or an array of texts. Dates count as days (with fraction) since
// 1970-01-01 UTC; a day begins at midnight in the zone of the browser.

const DAY = 86400000;

export function toText(value) {
  if (Array.isArray(value)) return value.length ? value[0] : "";
  return value instanceof Date ? dateText(value) : String(value);
}

export function toNumber(value) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value instanceof Date ? value / DAY : textNumber(toText(value));
}

export function toBoolean(value) {
  if (Array.isArray(value)) return value.length > 0;
  return value instanceof Date ? !isNaN(value) : Boolean(value);
}

/** The rule as a function of its context. */
export function compile(node) {
  if (!Array.isArray(node)) return () => node;
  const [head, ...parts] = node;
  if (head in SPECIAL) return SPECIAL[head](...parts);
  if (!(head in FUNCTIONS)) throw new Error(`There is no function ${head}.`);
  const [letters, body] = FUNCTIONS[head];
  return ordinary(letters, body, parts.map(compile));
}

// A function's letters say what its arguments are turned into: t text, n number, b boolean, v the value as it stands;
// the last letter counts for all arguments that follow, and a leading @ asks for the context before them.
const READ = { t: toText, n: toNumber, b: toBoolean, v: (value) => value };

function ordinary(letters, body, parts) {
  const asksContext = letters.startsWith("@");
  const kinds = asksContext ? letters.slice(1) : letters;
  const values = parts.map((part, place) => {
    const read = READ[kinds[Math.min(place, kinds.length - 1)]];
    return (context) => read(part(context));
  });
  const [one, other] = values;
  if (asksContext) return (context) => body(context, ...values.map((value) => value(context)));
  if (values.length === 1) return (context) => body(one(context));
  if (values.length === 2) return (context) => body(one(context), other(context));
  return (context) => body(...values.map((value) => value(context)));
}

// ---- Text that is a number, a date or a time

const DATE_LIKE = /^\d{4}-\d{1,2}-\d{1,2}.*$/;
const WHOLE = /^(-?\d+)(\.\d+)?$/;
const CLOCK = "(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?(Z|[+-]\\d\\d:?\\d\\d)?";
const STRICT = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)T${CLOCK}$`);
const DATE = new RegExp(`^[ \\t\\n\\v\\f\\r]*(\\d{4})-(\\d\\d?)(?:-(\\d\\d?)(?:[T ]${CLOCK})?)?$`);
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d{1,3})?([+-]\d\d:\d\d)$/;

function textNumber(text) {
  const trimmed = text.trim();
  if (DATE_LIKE.test(trimmed)) return days(trimmed);
  return trimmed ? Number(trimmed) : NaN;
}

/** Date-like text as days; impossible days roll over. */
function days(text) {
  if (text.includes("T")) return instantOf(STRICT.exec(text)) / DAY;
  const [year, month, day] = text.split("-").map(Number);
  return localTime(year < 100 ? year + 1900 : year, month, day) / DAY;
}

/** What `date(...)` makes of text: an ISO date or time, or a whole number of days. */
function dateOf(text) {
  if (!text) return Object.assign(new Date(NaN), { blank: true });
  const whole = WHOLE.exec(text);
  return new Date(whole ? whole[1] * DAY : parsed(DATE.exec(text)));
}

function parsed(match) {
  if (!match) return NaN;
  const [year, month, day] = [+match[1], +match[2], +(match[3] || 1)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  const lastDay = new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
  if (match[3] && day <= lastDay) return match[4] ? instantOf(match) : localTime(year, month, day);
  const isIso = match[2].length === 2 && (match[3] || "00").length === 2 && /^\d/.test(match[0]);
  return isIso ? new Date(0).setUTCFullYear(year, month - 1, day) : localTime(year, month, day);
}

function instantOf(match) {
  if (!match) return NaN;
  const [year, month, day, hours, minutes] = match.slice(1, 6).map(Number);
  const seconds = Number(match[6] || 0);
  const thousandths = Number((match[7] || "0").padEnd(3, "0").slice(0, 3));
  const clock = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths;
  if (month < 1 || month > 12 || day < 1 || day > 31 || minutes > 59 || seconds > 59 || clock > DAY) return NaN;
  if (!match[8]) return localTime(year, month, day, clock);
  return new Date(0).setUTCFullYear(year, month - 1, day) + clock - offset(match[8]);
}

/** `+05:45`, `-0300` or `Z` in milliseconds. */
function offset(text) {
  if (text === "Z") return 0;
  const [hours, minutes] = [+text.slice(1, 3), +text.slice(-2)];
  if (hours > 23 || minutes > 59) return NaN;
  return (hours * 60 + minutes) * (text[0] === "-" ? -60000 : 60000);
}

function localTime(year, month, day, clock = 0) {
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, month - 1, day);
  return date.setHours(0, 0, 0, clock);
}

/** The same clock reading as if the zone were UTC, so that its parts can be taken in any year. */
function asUtc(date) {
  const shown = new Date(0);
  shown.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate());
  shown.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds());
  return shown;
}

/** A date alone at local midnight, otherwise date, time and offset. */
function dateText(date) {
  const shown = asUtc(date);
  if (isNaN(shown)) return date.blank ? "" : "Invalid Date";
  const [day, clock] = shown.toISOString().slice(0, -1).split("T");
  if (clock === "00:00:00.000") return day;
  const minutes = Math.floor((shown - date) / 60000);
  const [hour, minute] = [Math.abs(minutes) / 60, Math.abs(minutes) % 60].map((part) => pad(Math.floor(part)));
  return `${day}T${clock}${minutes > 0 ? "+" : "-"}${hour}:${minute}`;
}

function pad(number, width = 2) {
  return String(number).padStart(width, "0");
}

// ---- Operators

const ORDER = {
  "=": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};

/** Several answers compare true when any of them does; booleans go before numbers, and numbers before text. */
function compare(sign, left, right) {
  const holds = ORDER[sign];
  const someHold = (ones, others) => ones.some((one) => others.some((other) => holds(one, other)));
  const [one, other] = datesAsDays(left, right);
  if (sign === "=" || sign === "!=") {
    if (Array.isArray(one) && Array.isArray(other)) return someHold(one, other);
    if (typeof one === "boolean" || typeof other === "boolean") return holds(toBoolean(one), toBoolean(other));
    if (typeof one !== "number" && typeof other !== "number") return someHold(texts([one]), texts([other]));
  }
  return someHold(numbers([one]), numbers([other]));
}

function datesAsDays(left, right) {
  const isBoolean = typeof left === "boolean" || typeof right === "boolean";
  if (!(left instanceof Date || right instanceof Date)) return [dateLikeAsDays(left), dateLikeAsDays(right)];
  return isBoolean ? [left, right] : [besideDate(left), besideDate(right)];
}

function dateLikeAsDays(value) {
  const isText = typeof value === "string" || Array.isArray(value);
  return isText && DATE_LIKE.test(toText(value)) ? textNumber(toText(value)) : value;
}

/** Beside a date, text is read as `date(...)` reads it. */
function besideDate(value) {
  return typeof value === "string" || Array.isArray(value) ? dateOf(toText(value)) / DAY : toNumber(value);
}

function compute(calculate) {
  const operand = (value, other) =>
    other instanceof Date && typeof value !== "boolean" ? besideDate(value) : toNumber(value);
  return (one, other) => calculate(operand(one, other), operand(other, one));
}

/** Every text, number or boolean in the values: each answer of a repeat counts for itself. */
const texts = (values) => values.flatMap((value) => (Array.isArray(value) ? value : [toText(value)]));
const numbers = (values) =>
  values.flatMap((value) => (Array.isArray(value) ? value.map(textNumber) : [toNumber(value)]));
const booleans = (values) =>
  values.flatMap((value) => (Array.isArray(value) ? value.map((text) => text.trim() !== "") : [toBoolean(value)]));

// ---- Parts of a rule that look at where they stand, or do not always need all their arguments

const SPECIAL = {
  __proto__: null,
  $: (name) => (context) => context.field(name) || [],
  ".": () => (context) => [context.here()],
  "..": () => () => [""],
  and: (left, right) => {
    const [one, other] = [statement(left), statement(right)];
    return (context) => one(context) && other(context);
  },
  or: (left, right) => {
    const [one, other] = [statement(left), statement(right)];
    return (context) => one(context) || other(context);
  },
  if: (condition, yes, no) => {
    const [holds, one, other] = [statement(condition), compile(yes), compile(no)];
    return (context) => (holds(context) ? one(context) : other(context));
  },
  once: (node) => {
    const value = compile(node);
    return (context) => context.ownValue() || toText(value(context));
  },
  position: () => (context) => context.position(),
  "indexed-repeat": (name, ...rest) => {
    const pairs = rest.flatMap((repeat, place) => (place % 2 ? [] : [[repeat, compile(rest[place + 1])]]));
    const row = (number) => (Number.isInteger(number) ? number : 0);
    return (context) =>
      context.indexed(name, pairs.map(([repeat, number]) => [repeat, row(toNumber(number(context)))])) || [];
  },
};

for (const sign in ORDER) SPECIAL[sign] = (left, right) => comparison(sign, left, right);

/** Most comparisons are of a question with a literal; a single answer then needs no more than the sign. */
function comparison(sign, left, right) {
  const [one, other] = [compile(left), compile(right)];
  const read = Array.isArray(left) && left[0] === "$" ? literalReader(sign, right) : null;
  if (!read) return (context) => compare(sign, one(context), other(context));
  return (context) => {
    const found = one(context);
    return found.length === 1 ? ORDER[sign](read(found[0]), right) : compare(sign, found, right);
  };
}

/** What a single answer is turned into before it is compared with a literal; null where that depends on the answer. */
function literalReader(sign, literal) {
  if (typeof literal === "number") return textNumber;
  if (typeof literal !== "string" || (sign !== "=" && sign !== "!=")) return null;
  const isPlain = literal === "" || (isNaN(textNumber(literal)) && !DATE_LIKE.test(literal));
  return isPlain ? READ.v : null;
}

function statement(node) {
  const value = compile(node);
  return (context) => toBoolean(value(context));
}

// ---- Functions

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const ESCAPES = {
  __proto__: null,
  "%": () => "%",
  Y: (date) => pad(date.getUTCFullYear(), 4),
  y: (date) => pad(date.getUTCFullYear(), 4).slice(2),
  m: (date) => pad(date.getUTCMonth() + 1),
  n: (date) => date.getUTCMonth() + 1,
  b: (date) => MONTHS[date.getUTCMonth()],
  d: (date) => pad(date.getUTCDate()),
  e: (date) => date.getUTCDate(),
  H: (date) => pad(date.getUTCHours()),
  h: (date) => date.getUTCHours(),
  M: (date) => pad(date.getUTCMinutes()),
  S: (date) => pad(date.getUTCSeconds()),
  3: (date) => pad(date.getUTCMilliseconds(), 3),
  a: (date) => WEEKDAYS[date.getUTCDay()],
};

function date(value) {
  if (value instanceof Date) return value;
  if (typeof value === "boolean") return new Date(NaN);
  return typeof value === "number" ? new Date(value * DAY) : dateOf(toText(value));
}

function formatDate(value, pattern) {
  const when = date(value);
  if (isNaN(when)) return "";
  const local = asUtc(when);
  return pattern.replace(/%([^])/g, (whole, sign) => (sign in ESCAPES ? ESCAPES[sign](local) : whole));
}

function decimalDate(value) {
  if (typeof value === "number") return value;
  const text = toText(value);
  return DATE_LIKE.test(text) ? days(text) : NaN;
}

/** A time with its offset as a fraction of the local day; of today, because of summer time. */
function decimalTime(context, text) {
  const match = TIME.exec(text);
  if (!match || match[1] > 23 || match[2] > 59 || match[3] > 59) return NaN;
  const today = context.now();
  const given = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate(), match[1], match[2], match[3]);
  const at = new Date(given - offset(match[4]));
  return (at.getSeconds() / 3600 + at.getMinutes() / 60 + at.getHours()) / 24;
}

function midnight(context) {
  const now = context.now();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}

/** Halves away from zero. */
function halfAway(value) {
  const size = Math.abs(value);
  if (!(size < 2 ** 52)) return value;
  return Math.sign(value) * (Math.floor(size) + (size % 1 >= 0.5 ? 1 : 0));
}

function round(value, digits) {
  if (digits === undefined) return halfAway(value);
  if (!isFinite(digits)) return NaN;
  const places = Math.trunc(digits);
  const scale = 10 ** Math.abs(places);
  if (places <= 0) return scale * halfAway(value / scale);
  return isFinite(scale) ? halfAway(value * scale) / scale : NaN;
}

/** Only `1` and `true` are yes, and so is any whole number above 0. */
function booleanFromText(value) {
  return typeof value === "number" ? value > 0 && Number.isInteger(value) : /^(1|true)$/.test(toText(value));
}

function substring(text, start, length) {
  const rounded = (number) => (Math.abs(number) < 2 ** 52 ? Math.floor(number + 0.5) : number);
  const first = rounded(start);
  const last = length === undefined ? Infinity : first + rounded(length);
  return text.split("").filter((_, place) => place + 1 >= first && place + 1 < last).join("");
}

function translate(text, old, changed) {
  return text.split("").map((sign) => (old.includes(sign) ? changed[old.indexOf(sign)] ?? "" : sign)).join("");
}

function extreme(choose, values) {
  const found = numbers(values);
  return found.length ? choose(...found) : NaN;
}

/** A negative bound is none. */
function within(value, least, most) {
  return (least < 0 || value >= least) && (most < 0 || value <= most);
}

function weighted(least, most, ...pairs) {
  const weights = numbers(pairs.filter((_, place) => place % 2));
  const yes = booleans(pairs.filter((_, place) => place % 2 === 0));
  const total = yes.reduce((sum, holds, place) => sum + (holds && weights[place] ? weights[place] : 0), 0);
  return within(total, least, most);
}

const LARGEST = 2147483647; // the “minimal standard” generator of Park and Miller, 1988

function draws(seed) {
  const start = seed % LARGEST;
  let state = start <= 0 ? start + LARGEST - 1 : start;
  return () => {
    state = (state * 16807) % LARGEST;
    return (state - 1) / (LARGEST - 1);
  };
}

/** The answers in another order: the same for the same whole seed. */
function randomize(answers, seed) {
  const draw = Number.isInteger(seed) ? draws(seed) : Math.random;
  const shuffled = [];
  texts([answers]).forEach((answer, place) => {
    const other = Math.floor(draw() * (place + 1));
    shuffled.push(answer);
    [shuffled[place], shuffled[other]] = [shuffled[other], answer];
  });
  return shuffled;
}

const patterns = new Map();

function regex(text, pattern) {
  if (!patterns.has(pattern)) patterns.set(pattern, safePattern(pattern));
  const found = patterns.get(pattern);
  return found !== null && found.test(text);
}

function safePattern(pattern) {
  try {
    return new RegExp(pattern);
  } catch {
    return null;
  }
}

function randomDigits(length) {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => (byte % 16).toString(16)).join("");
}

function uuid(length) {
  if (length !== undefined) return length > 0 && length <= 1000 ? randomDigits(Math.trunc(length)) : "";
  const digits = randomDigits(30);
  const variant = "89ab"[crypto.getRandomValues(new Uint8Array(1))[0] % 4];
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(12, 15)}`, variant + digits.slice(15, 18)];
  return [...parts, digits.slice(18)].join("-");
}

const FUNCTIONS = {
  __proto__: null,
  "+": ["v", compute((one, other) => one + other)],
  "*": ["v", compute((one, other) => one * other)],
  div: ["v", compute((one, other) => one / other)],
  mod: ["v", compute((one, other) => one % other)],
  "-": ["v", (one, ...rest) => (rest.length ? compute((left, right) => left - right)(one, ...rest) : -toNumber(one))],

  selected: ["t", (chosen, choice) => chosen.split(" ").includes(choice.trim())],
  "selected-at": ["tn", (chosen, place) => chosen.split(" ")[Math.trunc(place)] ?? ""],
  "count-selected": ["t", (chosen) => chosen.split(" ").filter(Boolean).length],
  "jr:choice-name": ["@t", (context, value, question) => (value ? context.choiceLabel(question, value) : "")],
  pulldata: ["@t", (context, ...cell) => context.lookup(...cell)],

  coalesce: ["t", (first, second) => first || second],
  concat: ["v", (...values) => texts(values).join("")],
  join: ["tv", (between, ...values) => texts(values).join(between)],
  string: ["t", (text) => text],
  contains: ["t", (text, part) => text.includes(part)],
  "starts-with": ["t", (text, part) => text.startsWith(part)],
  "ends-with": ["t", (text, part) => text.endsWith(part)],
  "substring-before": ["t", (text, part) => text.slice(0, Math.max(0, text.indexOf(part)))],
  "substring-after": ["t", (text, part) => (text.includes(part) ? text.slice(text.indexOf(part) + part.length) : "")],
  "string-length": ["t", (text) => text.length],
  substr: ["tn", (text, start, end) => text.slice(start, end)],
  substring: ["tn", substring],
  "normalize-space": ["t", (text) => text.trim().replace(/\s+/g, " ")],
  translate: ["t", translate],
  regex: ["t", regex],
  uuid: ["n", uuid],

  true: ["", () => true],
  false: ["", () => false],
  not: ["b", (value) => !value],
  boolean: ["b", (value) => value],
  "boolean-from-string": ["v", booleanFromText],
  checklist: ["nnv", (least, most, ...values) => within(booleans(values).filter(Boolean).length, least, most)],
  "weighted-checklist": ["nnv", weighted],

  number: ["n", (value) => value],
  int: ["n", Math.trunc],
  round: ["n", round],
  sum: ["v", (answers) => numbers([answers]).reduceRight((total, value) => total + value, 0)],
  count: ["v", (answers) => (Array.isArray(answers) ? answers.length : 1)],
  "count-non-empty": ["v", (answers) => texts([answers]).filter(Boolean).length],
  min: ["v", (...values) => extreme(Math.min, values)],
  max: ["v", (...values) => extreme(Math.max, values)],
  pi: ["", () => Math.PI],
  random: ["", () => Math.random()],
  randomize: ["vn", randomize],
  pow: ["n", Math.pow],
  exp10: ["n", (value) => 10 ** value],
  ceiling: ["n", Math.ceil],

  now: ["@", (context) => context.now()],
  today: ["@", midnight],
  date: ["v", date],
  "date-time": ["v", date],
  "decimal-date-time": ["v", decimalDate],
  "decimal-time": ["@t", decimalTime],
  "format-date": ["vt", formatDate],
  "format-date-time": ["vt", formatDate],
};
for (const name of "abs sqrt exp log log10 floor sin cos tan asin acos atan atan2".split(" ")) {
  FUNCTIONS[name] = ["n", Math[name]];
}
