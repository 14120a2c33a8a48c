// One tap and the interview is out of sight: a calendar of this month takes its place. Holding the name of the month
// for two seconds (finger, mouse or the Enter key) leads back; nothing on the page says so. On a prepared tablet that
// only brings up a plain field, and the auditor's code in it leads back.

import { isRight } from "./code.js";
import { silence } from "./recordings.js";

const HOLD = 2000;
let shown = new Date();
let timer = 0;

export function hide(texts) {
  silence();
  shown = new Date();
  draw(texts);
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.documentElement.classList.add("hidden-away");
  document.getElementById("hidden-screen").hidden = false;
  document.title = texts.string("calendar");
  document.getElementById("month-after").focus();
}

export function isHidden() {
  return document.documentElement.classList.contains("hidden-away");
}

/** Listen once for the ways back and for leafing through the months. */
export function watchHidden(interview) {
  const onName = (event) => event.target.closest?.("#month-name");
  const press = () => { clearTimeout(timer); timer = setTimeout(() => uncover(interview), HOLD); };
  const release = () => clearTimeout(timer);
  document.addEventListener("pointerdown", (event) => onName(event) && press());
  ["pointerup", "pointercancel", "keyup"].forEach((name) => document.addEventListener(name, release));
  document.addEventListener("contextmenu", (event) => isHidden() && event.preventDefault());
  document.addEventListener("keydown", (event) => event.key === "Enter" && !event.repeat && onName(event) && press());
  document.addEventListener("click", (event) => {
    const step = { "month-before": -1, "month-after": 1 }[event.target.closest?.("#hidden-screen button")?.id];
    if (step) {
      shown = new Date(shown.getFullYear(), shown.getMonth() + step, 1);
      draw(interview.texts);
    }
  });
}

function uncover(interview) {
  if (!interview.record.isKept) return back(interview);
  const field = document.getElementById("month-field");
  field.hidden = false;
  field.value = "";
  field.focus();
  field.onchange = async () => {
    const given = field.value;
    field.value = "";
    if (await isRight(given)) back(interview);
  };
}

function back(interview) {
  document.getElementById("month-field").hidden = true;
  document.documentElement.classList.remove("hidden-away");
  document.getElementById("hidden-screen").hidden = true;
  document.title = interview.texts.string("title");
  interview.focusHeading();
}

function draw({ format }) {
  const [year, month] = [shown.getFullYear(), shown.getMonth()];
  const iso = `${year}-${String(month + 1).padStart(2, "0")}-01`;
  document.getElementById("month-name").textContent = format.date(iso, "month");
  const { days, first_day } = format.locale;
  const before = (new Date(year, month, 1).getDay() + 6 - first_day + 7) % 7;
  const count = new Date(year, month + 1, 0).getDate();
  const cells = [...Array(before).fill(""), ...[...Array(count).keys()].map((day) => format.digits(day + 1))];
  const rows = [days];
  for (let start = 0; start < cells.length; start += 7) rows.push(cells.slice(start, start + 7));
  const now = new Date();
  const today = now.getMonth() === month && now.getFullYear() === year ? format.digits(now.getDate()) : null;
  document.getElementById("month-days").replaceChildren(...rows.map((row, line) => weekRow(row, line === 0, today)));
}

function weekRow(cells, isHead, today) {
  const row = document.createElement("tr");
  row.append(...cells.map((text) => {
    const cell = document.createElement(isHead ? "th" : "td");
    cell.textContent = text;
    if (text && text === today && !isHead) cell.className = "today";
    return cell;
  }));
  return row;
}
