// One tap and the page is out of sight: a calendar of this month takes its place. Holding the name of the month
// for two seconds (finger, mouse or the Enter key) leads back; nothing on the page says so. On an open tablet that
// only brings up a plain field, and the auditor's code in it leads back.
//
// Until then every other page of this tab begins as the calendar too, and none opens without the passphrase: neither
// going back nor loading anew uncovers anything.

import { isRight } from "./code.js";
import { silence } from "./recordings.js";
import { vault } from "./vault.js";

const HOLD = 2000;
const MARK = "hidden"; // in the tab's own storage and history, with nothing else
let shown = new Date();
let timer = 0;

/** `page` is what goes out of sight: {texts, isGuarded, uncovered()}. */
export function hide({ texts }) {
  silence();
  sessionStorage.setItem(MARK, 1);
  vault.keepToThisPage(MARK, true);
  if (history.state !== MARK) history.pushState(MARK, "");
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
export function watchHidden(page) {
  if (sessionStorage.getItem(MARK)) hide(page);
  addEventListener("popstate", () => isHidden() && history.pushState(MARK, "")); // the Back button
  const onName = (event) => event.target.closest?.("#month-name");
  const press = () => { clearTimeout(timer); timer = setTimeout(() => uncover(page), HOLD); };
  const release = () => clearTimeout(timer);
  document.addEventListener("pointerdown", (event) => onName(event) && press());
  ["pointerup", "pointercancel", "keyup"].forEach((name) => document.addEventListener(name, release));
  document.addEventListener("contextmenu", (event) => isHidden() && event.preventDefault());
  document.addEventListener("keydown", (event) => event.key === "Enter" && !event.repeat && onName(event) && press());
  document.addEventListener("click", (event) => {
    const step = { "month-before": -1, "month-after": 1 }[event.target.closest?.("#hidden-screen button")?.id];
    if (step) {
      shown = new Date(shown.getFullYear(), shown.getMonth() + step, 1);
      draw(page.texts);
    }
  });
}

function uncover(page) {
  if (!page.isGuarded) return back(page);
  const field = document.getElementById("month-field");
  field.hidden = false;
  field.value = "";
  field.focus();
  field.onchange = async () => {
    const given = field.value;
    field.value = "";
    if (await isRight(given)) back(page);
  };
}

function back(page) {
  sessionStorage.removeItem(MARK);
  vault.keepToThisPage(MARK, false);
  if (history.state === MARK) history.back();
  document.getElementById("month-field").hidden = true;
  document.documentElement.classList.remove("hidden-away");
  document.getElementById("hidden-screen").hidden = true;
  page.uncovered();
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
