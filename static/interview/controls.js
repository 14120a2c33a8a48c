// The controls of a question: put an answer into them, and read it back. One pair of functions for each kind.

import { isBlank, readNumber } from "./answers.js";
import { gregorianYear } from "./bikram.js";
import { drawFinder } from "./finder.js";

/** Show the answer of `row` in the question's box, with only the choices that apply. */
export function write(box, item, row, interview) {
  const raw = row.given.get(item.name);
  const blank = isBlank(raw);
  kindOf(item).write(box, blank && item.type !== "money" ? undefined : raw, item, row, interview);
  if (item.list) showOffered(box, interview.route.offered(item, row));
  for (const each of box.querySelectorAll(".excuse input")) each.checked = each.value === row.missing.get(item.name);
  echo(box, item, row, interview);
}

export function read(box, item) {
  return kindOf(item).read(box, item);
}

/** Numbers are shown back with their thousands apart, so that a slip of a finger shows. */
export function echo(box, item, row, interview) {
  const shown = box.querySelector(".echo");
  if (!shown) return;
  const { value } = interview.route.reading(item, row);
  const amount = item.type === "money" ? value?.amount : value;
  const tells = typeof amount === "number" && (item.type !== "integer" || amount >= 1000 || interview.definition.locale.digits[0] !== "0");
  const isDate = item.type === "date" && value && interview.definition.locale.bikram;
  shown.textContent = isDate || tells || (item.type === "range" && value !== undefined) ? interview.texts.answer(item, interview.route, row) : "";
}

function kindOf(item) {
  const precision = item.type === "date" && item.appearance?.[0];
  return KINDS[precision || item.type] ?? KINDS.text;
}

function showOffered(box, offered) {
  for (const each of box.querySelectorAll(".choices > * :is(input, select)")) {
    const name = each.dataset.choice ?? each.value;
    each.closest(".choices > *").hidden = !offered.includes(name);
  }
}

const control = (box) => box.querySelector("input[type=text], input[type=date], input[type=time], input[type=datetime-local], input[type=range], textarea");
const part = (box, name) => box.querySelector(`[data-part=${name}]`);
const typedNumber = (input) => readNumber(input.value, "points" in input.dataset);
const ticked = (box) => [...box.querySelectorAll(".choices input:checked")].map((each) => each.value);
const tick = (box, values) => box.querySelectorAll(".choices input").forEach((each) => (each.checked = values.includes(each.value)));

function writeChoices(box, values, item, row, interview) {
  const finder = box.querySelector(".finder");
  if (finder) drawFinder(finder, values, item, row, interview);
  else tick(box, values);
}

const KINDS = {
  text: {
    read: (box) => control(box)?.value ?? "",
    write: (box, raw = "") => control(box) && (control(box).value = raw),
  },
  integer: {
    read: (box) => typedNumber(control(box)),
    write: (box, raw = "") => (control(box).value = raw),
  },
  range: {
    read: (box) => ("untouched" in control(box).dataset ? "" : Number(control(box).value)),
    write(box, raw) {
      if (raw === undefined) control(box).dataset.untouched = "";
      else delete control(box).dataset.untouched;
      control(box).value = raw ?? control(box).min;
    },
  },
  select_one: {
    read: (box) => ticked(box)[0] ?? "",
    write: (box, raw, ...rest) => writeChoices(box, raw === undefined ? [] : [raw], ...rest),
  },
  select_multiple: {
    read: ticked,
    write: (box, raw = [], ...rest) => writeChoices(box, raw, ...rest),
  },
  acknowledge: {
    read: (box) => ticked(box)[0] ?? "",
    write: (box, raw) => tick(box, [raw]),
  },
  rank: {
    read: (box) =>
      [...box.querySelectorAll("select")]
        .filter((each) => each.value)
        .sort((one, other) => one.value - other.value)
        .map((each) => each.dataset.choice),
    write: (box, raw = []) => box.querySelectorAll("select").forEach((each) => {
      each.value = raw.includes(each.dataset.choice) ? String(raw.indexOf(each.dataset.choice) + 1) : "";
    }),
  },
  "month-year": {
    read(box) {
      const month = part(box, "month").value;
      const year = String(gregorianYear(part(box, "year"), Number(month)) ?? readNumber(part(box, "year").value));
      return year || month ? `${year}-${month}-01` : "";
    },
    write(box, raw = "") {
      const [year = "", month = ""] = raw.split("-");
      part(box, "year").value = year;
      part(box, "month").value = month;
    },
  },
  year: {
    read(box) {
      const year = String(gregorianYear(control(box)) ?? readNumber(control(box).value));
      return year && `${year}-01-01`;
    },
    write: (box, raw = "") => (control(box).value = raw.split("-")[0]),
  },
  money: {
    read: (box, item) => ({
      amount: typedNumber(part(box, "amount")),
      currency: part(box, "currency")?.value ?? item.currencies[0],
      ...(part(box, "period") && { period: part(box, "period").value }),
    }),
    write(box, raw, item, row, interview) {
      part(box, "amount").value = raw?.amount ?? "";
      if (part(box, "currency")) part(box, "currency").value = raw?.currency || interview.lastCurrency || "";
      if (part(box, "period")) part(box, "period").value = raw?.period ?? item.period;
    },
  },
};
KINDS.decimal = KINDS.integer;
