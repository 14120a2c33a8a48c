// The page around a preview: it shows what is asked and why not, and keeps the answers, in memory alone, while the
// frame is loaded anew in another language or with another form of address.
"use strict";

const element = (id) => document.getElementById(id);
const frame = element("frame");
const words = JSON.parse(element("words").textContent);
const rulesIn = element("rules-in");
let kept;
let wanted = decodeURIComponent(location.hash.slice(1));

addEventListener("message", ({ source, data }) => {
  if (source === frame.contentWindow) HEARD[data.kind]?.(data);
});

const HEARD = {
  ready() {
    say({ kind: "resume", kept, question: wanted });
    wanted = "";
  },
  state(data) {
    ({ kept } = data);
    draw(data);
  },
  speak({ language }) {
    const option = element("language").querySelector(`[data-language="${language}"]`);
    if (option) change(option);
  },
};

function say(message) {
  frame.contentWindow.postMessage(message, location.origin);
}

// What is asked -----------------------------------------------------------------------------------------------------

function draw({ questions, shown }) {
  const only = element("only").checked;
  const count = (...states) => questions.filter((each) => states.includes(each.state)).length;
  const numbers = { asked: count("asked", "answered"), answered: count("answered"), all: questions.length - count("computed") };
  element("tally").textContent = words.tally.replace(/%\((\w+)\)s/g, (_, name) => said(numbers[name]));
  const lines = [];
  let section = null;
  questions.forEach((each, place) => {
    if (only && each.state !== "not_asked") return;
    if (each.section !== section) lines.push(heading((section = each.section), each.whole ? each.why : []));
    lines.push(line(each, place, shown.includes(each.name)));
  });
  const list = element("questions");
  const focused = document.activeElement?.dataset?.question;
  list.replaceChildren(...lines);
  if (focused) list.querySelector(`[data-question="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  keepInSight(list);
  draw.last = { questions, shown };
}

/** A number in the digits of the page's language. */
function said(number) {
  return String(number).replace(/[0-9]/g, (digit) => words.digits[digit]);
}

/** Where a whole section is not asked, its heading says why, and its questions need not repeat it. */
function heading(text, why) {
  const found = made("li", "preview-section");
  found.append(made("h3", "", text));
  if (why.length) found.append(reason(words.because, why));
  return found;
}

function line({ name, label, state, answer, why, whole, rows }, place, isShown) {
  const found = made("li", `preview-question preview-${state}`);
  const open = made("button", "plain");
  Object.assign(open, { type: "button" });
  open.dataset.question = name;
  if (isShown) open.setAttribute("aria-current", "true");
  open.append(made("span", "preview-number", String(place + 1)), made("span", "preview-label", label || name), inPageLanguage(made("span", "badge", words[state])));
  found.append(open);
  if (answer) found.append(made("p", "preview-answer", answer));
  if (why.length && !whole) found.append(reason(words.because, why));
  if (rows) found.append(inPageLanguage(made("p", "preview-why", `${words.no_row} ${rows}`)));
  return found;
}

function reason(title, conditions) {
  const found = inPageLanguage(made("div", "preview-why"));
  const list = made("ul");
  list.append(...conditions.map((each) => Object.assign(made("li", "", each), { lang: rulesIn.lang, dir: rulesIn.dir })));
  found.append(made("p", "", title), list);
  return found;
}

function made(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

function inPageLanguage(found) {
  return Object.assign(found, { lang: rulesIn.dataset.pageLang, dir: rulesIn.dataset.pageDir });
}

/** The question on the tablet stays in sight in the list, without moving the page. */
function keepInSight(list) {
  const current = list.querySelector("[aria-current]");
  if (!current) return;
  const place = current.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (place < 0 || place > list.clientHeight - 80) list.scrollTop += place - list.clientHeight / 3;
}

element("questions").addEventListener("click", (event) => {
  const button = event.target.closest("[data-question]");
  if (button) say({ kind: "jump", question: button.dataset.question });
});
element("only").addEventListener("change", () => draw.last && draw(draw.last));
addEventListener("hashchange", () => say({ kind: "jump", question: decodeURIComponent(location.hash.slice(1)) }));

// How it is shown ---------------------------------------------------------------------------------------------------

/** Another language or form of address: the frame is loaded anew, the answers stay. */
function change(option) {
  const address = new URL(option.value, location.href);
  for (const name of ["gender", "speaker"]) {
    const chosen = element("how").elements[name]?.value;
    if (chosen) address.searchParams.set(name, chosen);
    else address.searchParams.delete(name);
  }
  history.replaceState(null, "", address);
  load(address);
}

async function load(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  element("how").replaceWith(document.adoptNode(page.getElementById("how")));
  const list = page.getElementById("questions");
  Object.assign(element("questions"), { lang: list.lang, dir: list.dir });
  listenToForm();
  frame.src = page.getElementById("frame").getAttribute("src");
}

function listenToForm() {
  const form = element("how");
  form.querySelector("button:not([type])").remove(); // a choice is followed at once
  form.addEventListener("change", ({ target }) => {
    if (target.id === "size") fit();
    else change(element("language").selectedOptions[0]);
  });
  element("size").value = size;
  element("agree")?.addEventListener("click", () => say({ kind: "agree" }));
  element("again").addEventListener("click", () => {
    kept = undefined;
    frame.contentWindow.location.reload();
  });
}

/** The frame at its true size in its own pixels, made as small as it takes to see all of it. */
let size = innerWidth < 600 ? "360x640" : "800x1280";
function fit() {
  size = element("size").value;
  const [width, height] = size.split("x").map(Number);
  const device = element("device");
  const room = device.parentElement.clientWidth - (innerWidth >= 1000 ? 384 : 0);
  const scale = Math.min(1, room / width, Math.max(innerHeight - 40, 560) / height);
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` });
  Object.assign(device.style, { width: `${width * scale}px`, height: `${height * scale}px` });
  document.querySelector(".preview-panel").style.setProperty("--tall", `${Math.max(height * scale, 320)}px`);
}

listenToForm();
fit();
addEventListener("resize", fit);
