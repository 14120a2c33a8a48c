// Small things that the tablet's own page is made of.

import { isHidden } from "./hide.js";

let inSight = "unlock";
export const byId = (id) => document.getElementById(id);
const strings = () => (strings.read ??= JSON.parse(byId("strings").textContent));

export function said(name, values = {}) {
  return (strings()[name] ?? name).replace(/%\((\w+)\)s/g, (_, key) => number(values[key]));
}

/** Numbers in the digits of the page's language. */
export function number(value) {
  return typeof value === "number" ? new Intl.NumberFormat(document.documentElement.lang).format(value) : value;
}

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  Object.assign(made.dataset, properties.data);
  made.append(...children);
  return made;
}

export function choice(type, name, value, text, { checked = false, language } = {}) {
  const label = element("span", { textContent: text });
  if (language) Object.assign(label, { lang: language.code.replaceAll("_", "-"), dir: language.direction });
  const parts = [element("input", { type, name, value, checked }), label];
  if (language?.is_draft) parts.push(element("small", { className: "hint", textContent: said("draft") }));
  return element("label", { className: "choice" }, ...parts);
}

/** The choices after the legend of a fieldset. */
export function fillChoices(id, choices) {
  const box = byId(id);
  box.replaceChildren(box.querySelector("legend"), ...choices);
}

/** One view of the page is in sight. */
export function show(name) {
  for (const view of document.querySelectorAll("main > .view")) view.hidden = view.id !== `view-${name}`;
  inSight = name;
  if (!isHidden()) titled();
  byId(`view-${name}`).querySelector("h1").focus();
}

/** Locked, the page names nothing. */
export function titled() {
  document.title = said(inSight === "unlock" ? "title_locked" : "title");
}

export function notice(text) {
  byId("notice").hidden = !text;
  byId("notice").textContent = text;
}
