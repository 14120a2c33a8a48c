// Numbers, dates and lists as people of the language write them. The document brings what is needed (`locale_data.py`),
// since the browser of a cheap tablet may not know the language.

import { inBikram } from "./bikram.js";

export class Format {
  constructor(locale) {
    this.locale = locale;
  }

  /** ASCII digits as the language's own. */
  digits(text) {
    return String(text).replace(/\d/g, (digit) => [...this.locale.digits][digit]);
  }

  number(value) {
    const [whole, fraction] = String(Math.abs(value)).split(".");
    const grouped = this.#groups(whole).join(this.locale.group);
    const sign = value < 0 ? "\u2212" : "";
    return this.digits(sign + grouped + (fraction ? this.locale.decimal + fraction : ""));
  }

  /** 1234567 in threes, or as in South Asia a three and then twos. */
  #groups(whole) {
    const [last, others] = this.locale.grouping;
    const groups = [whole.slice(-last)];
    for (let rest = whole.slice(0, -last); rest; rest = rest.slice(0, -others)) groups.unshift(rest.slice(-others));
    return groups;
  }

  /** An ISO date by the pattern `day`, `month` or `year`, with the language's other calendar beside it. */
  date(value, pattern) {
    const [year, month, day] = value.split("-");
    const parts = { y: year, M: this.locale.months[month - 1], L: this.locale.months[month - 1], d: Number(day) };
    const other = this.locale.bikram ? inBikram(value, pattern, this.locale.bikram) : "";
    const filled = (this.locale[pattern] ?? "y").replace(/'([^']*)'|([yMLd])\2*/g, (_, quoted, letter) => quoted ?? parts[letter]);
    return this.digits(other ? `${filled} (${other})` : filled);
  }

  list(parts) {
    const [middle, end] = this.locale.list;
    const join = (pattern, one, other) => pattern.replace("{0}", () => one).replace("{1}", () => other);
    const [last, ...others] = [...parts].reverse();
    if (!others.length) return last ?? "";
    return join(end, others.reverse().reduce((one, other) => join(middle, one, other)), last);
  }
}
