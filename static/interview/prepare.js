// "Prepare the tablet": choose round, sites and languages; one button loads all of it and says in words what is ready.

import { byId, choice, element, fillChoices, said, show } from "./elements.js";
import { asked, newToken } from "./outbox.js";
import { addPerson, people } from "./people.js";
import { fill, tidy } from "./precache.js";
import { get, put } from "./storage.js";
import { vault } from "./vault.js";

const READY = "/api/tablet/ready";
const LITTLE = 200; // MB
const form = () => byId("prepare");
const chosen = (name) => [...form().querySelectorAll(`[name=${name}]:checked`)].map((each) => each.value);
let who = null;

export async function openPrepare() {
  show("prepare");
  for (const id of ["prepare", "prepare-sign-in", "prepared", "prepare-done"]) byId(id).hidden = true;
  if (!globalThis.crypto?.subtle) return state("not_secure");
  if (!navigator.serviceWorker || !globalThis.caches) return state("no_worker");
  who = await newToken();
  if (who.outcome) return cannot(who.outcome);
  if (!who.rounds.length) return state("prepare_none");
  await offer(who.rounds);
}

function cannot(outcome) {
  byId("prepare-sign-in").hidden = outcome !== "signed_out";
  byId("prepare-done").hidden = !vault.person;
  state(`prepare_${outcome}`);
}

function state(name, values) {
  byId("prepare-state").className = ["ready", "filling"].includes(name) ? "undo" : "problem";
  byId("prepare-state").textContent = name && said(name, values);
}

async function offer(rounds) {
  const before = await prepared();
  form().round.replaceChildren(...rounds.map((round) => element("option", { value: round.id, textContent: `${round.mapping} · ${round.code}` })));
  if (before && rounds.some((round) => round.id === before.round.id)) form().round.value = before.round.id;
  form().round.onchange = offerPlaces;
  byId("new-person").hidden = (await known()) !== undefined;
  byId("prepare-done").hidden = !vault.person;
  state("");
  await offerPlaces();
  form().hidden = false; // whole: whoever is quick is not told to choose from nothing
}

const prepared = async () => ((await isThere()) ? get("facts", "prepared") : null);
const known = async () => ((await isThere()) ? (await people()).find((person) => person.id === who.id) : undefined);
const isThere = async () => (await indexedDB.databases?.())?.length > 0;

async function offerPlaces() {
  const { told, outcome } = await asked(`${READY}?${new URLSearchParams({ round: form().round.value })}`, {});
  if (!told?.sites) return cannot(outcome ?? "trouble");
  fillChoices("prepare-sites", told.sites.map((site) => choice("checkbox", "site", site.id, `${site.supplier} · ${site.name}`, { checked: true })));
  fillChoices("prepare-languages", told.languages.map((language) => choice("checkbox", "language", language.code, language.name, { checked: true, language })));
}

/** The button: person, list, files, and only then the facts that interviews begin from. */
export async function prepareNow() {
  const problem = form().querySelector(".problem");
  const isNew = !byId("new-person").hidden;
  const wrong = isNew ? wrongSecrets() : null;
  problem.textContent = wrong ? said(wrong) : chosen("site").length && chosen("language").length ? "" : said("choose_one");
  if (problem.textContent) return;
  form().hidden = true;
  try {
    if (isNew) await addPerson(who, Object.fromEntries(new FormData(form())));
    form().reset();
    await load({ round: form().round.value, site: chosen("site"), language: chosen("language") });
  } catch (error) {
    state(FAILURES[error.name] ?? "fill_failed");
    form().hidden = false;
    byId("new-person").hidden = (await known()) !== undefined;
  } finally {
    byId("prepare-progress").hidden = true;
  }
}

const FAILURES = { QuotaExceededError: "no_space", StrangeError: "prepare_trouble" };

function wrongSecrets() {
  const { passphrase, again, code } = form();
  if (passphrase.value.length < 12 || new Set(passphrase.value).size < 5) return "short";
  if (passphrase.value !== again.value) return "differ";
  return /^\d{4,8}$/.test(code.value) ? null : "digits";
}

/** The same choice once more, with whatever is new on the server. */
export async function update() {
  const { choice: before } = await prepared();
  show("prepare");
  form().hidden = true;
  await load(before).catch((error) => state(FAILURES[error.name] ?? "fill_failed"));
  byId("prepare-progress").hidden = true;
  byId("prepare-done").hidden = false;
}

export function addressOf({ round, site, language }) {
  const list = [["round", round], ...site.map((each) => ["site", each]), ...language.map((each) => ["language", each])];
  return `${READY}?${new URLSearchParams(list)}`;
}

async function load(choice) {
  const { told, outcome } = await asked(addressOf(choice), { cache: "no-store" });
  if (!told?.key) throw Object.assign(new Error(outcome), { name: outcome === "offline" ? "NetworkError" : "StrangeError" });
  const generation = await fill(told.hash, filesOf(told), (done, total) => {
    Object.assign(byId("prepare-progress"), { hidden: false, value: done / total });
    state("filling", { done, total });
  });
  const { questionnaires, sites, languages, round, key, least_interviews: least, hash } = told;
  await put("facts", { name: "prepared", hash, generation, choice, questionnaires, sites, languages, round, key, least });
  await tidy();
  await report(told);
}

/** Address → {hash, key: under which it is held}. A questionnaire's document answers for every interview of its version. */
function filesOf({ questionnaires, files }) {
  const documents = questionnaires.flatMap(({ survey, version, documents: each }) => each.map((document) => [document, `/interview/${survey}/${version}/${document.language}`]));
  const media = documents.flatMap(([document]) => document.media.map((file) => [file, file.address]));
  const all = [...documents, ...media, ...files.map((file) => [file, file.address])];
  return new Map([...all.map(([{ address, sha256 }, key]) => [address, { hash: sha256, key }]), [location.pathname, { hash: null, key: location.pathname }]]);
}

async function report({ questionnaires, sites, languages }) {
  const isPersistent = (await navigator.storage?.persist?.()) ?? false;
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const [used, free] = [usage, quota - usage].map((bytes) => Math.round(bytes / 1e6));
  const bare = sites.filter((site) => !site.contacts?.length).map((site) => site.name);
  const lines = [
    said("ready_documents", { surveys: questionnaires.length, languages: languages.length }),
    ...questionnaires.map((each) => recorded(each, languages)),
    said("ready_contacts", { sites: sites.length, contacts: sites.reduce((sum, site) => sum + (site.contacts?.length ?? 0), 0) }),
    bare.length && said("no_contacts", { sites: bare.join(", ") }),
    said("space", { used, free }),
    free < LITTLE && said("little_space"),
    said(isPersistent ? "persistent" : "not_persistent"),
  ];
  byId("prepared").replaceChildren(...lines.filter(Boolean).map((line) => element("li", {}, line)));
  byId("prepared").hidden = byId("prepare-done").hidden = false;
  state("ready");
}

/** What is spoken of a questionnaire, language by language. */
function recorded({ title, questions, documents }, languages) {
  const lines = documents.map(({ language, media }) => {
    const name = `\u2068${languages.find(({ code }) => code === language).name}\u2069`; // in its own direction
    const count = media.filter(({ kind }) => kind === "audio").length;
    return count ? said("spoken", { language: name, count, total: questions }) : said("not_spoken", { language: name });
  });
  return element("span", { textContent: title }, element("ul", {}, ...lines.map((textContent) => element("li", { textContent }))));
}
