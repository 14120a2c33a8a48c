// Bikram Sambat beside Gregorian dates, from the table that the document of such a language brings (`bikram.py`).

const DAY = 86_400_000;

/** Year, month and day of an ISO date, or null outside the table. */
export function bikram(iso, { first, starts, lengths }) {
  let left = Math.round((Date.parse(iso) - Date.parse(starts)) / DAY);
  if (left < 0) return null;
  for (const [place, year] of lengths.entries()) {
    for (let month = 0; month < 12; month += 1) {
      const days = Number(year[month]) + 28;
      if (left < days) return { year: first + place, month, day: left + 1 };
      left -= days;
    }
  }
  return null;
}

/** In words: a day exactly, a month or a year with the two that it touches. Empty where it is not known. */
export function inBikram(iso, precision, table) {
  const [year, month] = iso.split("-").map(Number);
  const ends = { day: iso, month: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10), year: `${year}-12-31` };
  const [from, to] = [bikram(iso, table), bikram(ends[precision], table)];
  if (!from || !to) return "";
  if (precision === "year") return `${table.sign} ${from.year}/${to.year}`;
  if (precision === "day") return `${table.sign} ${from.year} ${table.months[from.month]} ${from.day}`;
  const till = `${to.year === from.year ? "" : `${to.year} `}${table.months[to.month]}`;
  return `${table.sign} ${from.year} ${table.months[from.month]}/${till}`;
}

/** A year that was typed: one that lies well ahead of us is of Bikram Sambat, where people use it, and becomes ours. */
export function gregorianYear(input, month) {
  const typed = input.value.trim();
  const year = Number(typed.replace(/[०-९]/g, (digit) => digit.charCodeAt(0) - 0x966));
  const isAhead = /^\S{4}$/.test(typed) && year > new Date().getFullYear() + 10 && year < 2100;
  if (!("bikram" in input.dataset) || !isAhead) return null;
  return year - (month && month < 4 ? 56 : 57); // the year begins in the middle of April
}
