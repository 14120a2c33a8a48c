// What was answered, and how an answer of each type is read. Nothing here knows rules or the page.

import { toText } from "./expression.js";

const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0];
const NUMBER = /^[+-]?(\d+(\.\d+)?|\.\d+)$/;
const GROUPED = /^[+-]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/;
const POINTED = /^[+-]?(\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d{1,2})$/; // 25.000 and 2,5 where people write so
const LARGEST = 2 ** 53 - 1; // beyond it a number is not exact
const BLANK = { text: "" };

/** One row of a repeat, or the whole interview at the top. `seen` is what rules see, `asked` what is on the route. */
export class Row {
  constructor(repeat = null, parent = null) {
    this.repeat = repeat;
    this.parent = parent;
    this.given = new Map();
    this.missing = new Map();
    this.rows = new Map();
    this.counts = new Map();
    this.seen = new Map();
    this.asked = new Map();
    this.finished = false;
    this.warned = new Map(); // the urgent answers for which the safety steps were shown
  }

  rowsOf(repeat) {
    if (!this.rows.has(repeat)) this.rows.set(repeat, []);
    return this.rows.get(repeat);
  }

  get index() {
    return this.parent ? this.parent.rowsOf(this.repeat).indexOf(this) : 0;
  }

  get top() {
    return this.parent ? this.parent.top : this;
  }
}

export function isBlank(raw) {
  if (raw && typeof raw === "object" && !Array.isArray(raw)) return isBlank(raw.amount);
  return raw === undefined || raw === null || (Array.isArray(raw) ? raw.length === 0 : String(raw).trim() === "");
}

/**
 * `१,२००` and `1 200` as 1200; text that is no number stays text, so that the question can say so.
 * `points`: the page is in a language in which 25.000 is twenty-five thousand and 2,5 two and a half.
 */
export function readNumber(text, points = false) {
  const latin = [...text.trim()].map(latinSign).join("").replace(/(\d)[\s\u00a0\u202f'’](?=\d{3})/g, "$1");
  const pointed = points && POINTED.test(latin) ? latin.replaceAll(".", "").replace(",", ".") : latin;
  const plain = GROUPED.test(pointed) ? pointed.replaceAll(",", "") : pointed;
  return NUMBER.test(plain) ? Number(plain) : text.trim();
}

function latinSign(sign) {
  const code = sign.codePointAt(0);
  const zero = ZEROS.find((each) => code >= each && code < each + 10);
  return zero ? String(code - zero) : { "٫": ".", "٬": ",", "−": "-" }[sign] ?? sign;
}

/** {value, text, parts} of an answer, or {fault: a key of the strings, kind}. `offered` are the choices that apply. */
export function reading(item, raw, offered) {
  if (isBlank(raw)) return BLANK;
  const read = READERS[item.type] ?? ((_, given) => ({ value: given, text: String(given) }));
  return read(item, raw, offered);
}

function fault(name, kind = "type") {
  return { text: "", fault: name, kind };
}

function number(raw, wrong) {
  if (typeof raw !== "number") return fault(wrong);
  return Math.abs(raw) > LARGEST ? fault("large") : { value: raw, text: toText(raw) };
}

function select(item, raw, offered) {
  const names = [raw].flat();
  if (!names.every((name) => offered.includes(name))) return fault("choice", "choice");
  return { value: raw, text: names.join(" ") };
}

function date(item, raw) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(raw);
  const day = parts && new Date(Date.UTC(parts[1], parts[2] - 1, parts[3]));
  return day && parts[1] !== "0000" && day.getUTCDate() === Number(parts[3]) ? { value: raw, text: raw } : fault("date");
}

function money(item, raw) {
  const amount = number(raw.amount, "amount");
  if (amount.fault) return amount;
  if (raw.amount < 0) return fault("amount");
  const currency = raw.currency || (item.currencies.length === 1 ? item.currencies[0] : "");
  if (!currency) return fault("currency");
  const period = raw.period || item.period || "";
  const value = { amount: raw.amount, currency, ...(period && { period }) };
  return { value, text: amount.text, parts: { _currency: currency, _period: period } };
}

function range(item, raw) {
  const { start, end } = item.parameters ?? {};
  const inside = (start === undefined || raw >= Number(start)) && (end === undefined || raw <= Number(end));
  return typeof raw === "number" && inside ? { value: raw, text: toText(raw) } : fault("number");
}

const READERS = {
  integer: (item, raw) => (typeof raw === "number" && !Number.isInteger(raw) ? fault("integer") : number(raw, "integer")),
  decimal: (item, raw) => number(raw, "number"),
  range,
  date,
  money,
  select_one: select,
  select_multiple: select,
  rank: select,
};
