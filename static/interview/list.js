// "My interviews": what is unfinished, what waits to be sent, and a new one.

import { drafts } from "./drafts.js";
import { byId, choice, element, fillChoices, said } from "./elements.js";
import { asked, pause, sendAll, unsent } from "./outbox.js";
import { addressOf } from "./prepare.js";
import { slips } from "./slips.js";
import { count, get } from "./storage.js";

const A_DAY = 24 * 60 * 60_000; // milliseconds
const WAITS = [1, 5, 15, 60, 300]; // seconds before sending is tried again by itself, while the page is in sight
let sending = null;
let again = 0;
let tries = 0;

export async function drawList() {
  const facts = await get("facts", "prepared");
  byId("begin").hidden = !facts;
  if (facts) offer(facts);
  await Promise.all([drawDrafts(), drawCounts(), drawSlips()]);
  if (facts) lookForUpdate(facts);
}

export async function drawCounts() {
  const [waiting, sent] = await Promise.all([unsent(), count("sent")]);
  byId("unsent").textContent = waiting.length ? said("unsent", { count: waiting.length }) : said("unsent_none");
  byId("sent").textContent = said("sent_count", { count: sent });
  byId("send").hidden = waiting.length === 0;
}

async function drawDrafts() {
  const mine = await drafts.mine();
  mine.sort((one, other) => (other.changed ?? 0) - (one.changed ?? 0));
  byId("drafts").replaceChildren(...mine.map(draftLine));
  byId("no-drafts").hidden = mine.length > 0;
}

/** Withdrawal codes whose person has not got them yet; a code stands on the page only when it was asked for. */
async function drawSlips() {
  const waiting = await slips();
  byId("slips").hidden = waiting.length === 0;
  byId("slip-lines").replaceChildren(...waiting.map(slipLine));
}

function slipLine({ id, made }) {
  const when = new Date(made).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
  const number = element("p", {}, element("bdi", { textContent: id.slice(0, 8) }), ` · ${when}`);
  return element("li", { className: "card" }, number, element("button", { type: "button", className: "wide", data: { do: "slip", id }, textContent: said("slip_show") }));
}

export async function showSlip(button) {
  const { id } = button.dataset;
  const { code } = (await slips()).find((each) => each.id === id);
  const shown = element("p", { className: "slip-code", dir: "ltr", textContent: code });
  button.replaceWith(shown, element("button", { type: "button", className: "main wide", data: { do: "slip-done", id }, textContent: said("slip_done") }));
}

function draftLine(draft) {
  const number = element("bdi", { textContent: draft.id.slice(0, 8) });
  const remove = element("button", { type: "button", className: "icon", data: { do: "forget", id: draft.id }, ariaLabel: said("forget") }, picture("i-remove"));
  if (draft.damaged) return element("li", { className: "draft-line" }, element("p", { textContent: `${said("damaged")} ` }, number), remove);
  const { about, survey, version, language, id, round, site } = draft;
  const at = new URLSearchParams(Object.entries({ round, site }).filter(([, value]) => value));
  const open = element("a", { className: "button wide", href: `/interview/${survey}/${version}/${language}/${id}?${at}` });
  open.append(
    element("b", { textContent: about.title }),
    element("small", {}, number, ` · ${[about.place, language].filter(Boolean).join(" · ")}`),
    element("small", { textContent: said("answered", about) }),
  );
  return element("li", { className: "draft-line" }, open, remove);
}

function picture(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "use")));
  svg.firstChild.setAttribute("href", `#${name}`);
  return svg;
}

function offer({ sites, questionnaires, languages, least }) {
  const form = byId("begin");
  const options = sites.map((site) => element("option", { value: site.id, textContent: `${site.supplier} · ${site.name}` }));
  const before = form.site.value;
  form.site.replaceChildren(...(sites.length > 1 ? [element("option", { value: "", textContent: said("choose_site") })] : []), ...options);
  if (before) form.site.value = before;
  fillChoices("begin-surveys", questionnaires.map((each, place) => choice("radio", "survey", each.survey, each.title, { checked: place === 0 })));
  const draw = () => {
    const { documents } = questionnaires.find((each) => each.survey === form.survey.value);
    const spoken = languages.filter(({ code }) => documents.some(({ language }) => language === code));
    const own = document.documentElement.lang.replaceAll("-", "_");
    const first = spoken.find((language) => language.code === own) ?? spoken[0];
    fillChoices("begin-languages", spoken.map((language) => choice("radio", "language", language.code, language.name, { checked: language === first, language })));
  };
  byId("begin-surveys").onchange = draw;
  draw();
  byId("minimum").textContent = least ? said("minimum", { minimum: least }) : "";
}

/** The address of a new interview, with a number that was never used. */
export async function newInterview(form) {
  const { questionnaires, round } = await get("facts", "prepared");
  const { survey, version } = questionnaires.find((each) => each.survey === form.survey.value);
  const at = new URLSearchParams({ round: round.id, site: form.site.value });
  return `/interview/${survey}/${version}/${form.language.value}/${crypto.randomUUID()}?${at}`;
}

async function lookForUpdate({ choice: before, hash }) {
  if (!navigator.onLine) return;
  const { told, date } = await asked(addressOf(before), { cache: "no-store" });
  byId("clock").hidden = !told || !(Math.abs(Date.now() - Date.parse(date)) > A_DAY);
  byId("update").hidden = !told?.hash || told.hash === hash;
}

/** Send now, and again after a while as long as something waits and the page is in sight. Asked twice, it sends once:
 * two at a time would each have a timer, and the shorter one would not heed how long the server asks to wait. */
export function sendNow() {
  sending ??= sendOnce().finally(() => (sending = null));
  return sending;
}

/** The network is back: what waits goes now, and what is on its way and fails yet goes again soon. */
export function reconnected() {
  tries = 0;
  return sendNow();
}

async function sendOnce() {
  clearTimeout(again);
  byId("sending-state").textContent = said("sending");
  const outcome = await sendAll();
  byId("sending-state").textContent = said(`state_${outcome}`);
  byId("sign-in").hidden = outcome !== "signed_out";
  await drawCounts();
  tries = outcome === "sent" ? 0 : tries + 1;
  const isWaiting = (await count("outbox")) > 0 && ["offline", "trouble", "busy", "later"].includes(outcome);
  const wait = Math.max(WAITS[Math.min(tries, WAITS.length) - 1], outcome === "later" ? pause.seconds : 0);
  if (isWaiting && !document.hidden) again = setTimeout(sendNow, wait * 1000);
}
