// Where and what this page's interview is. A document from the tablet's own store says nothing of it: the address does.

/** The number of the interview, as its address says. */
export const idHere = () => location.pathname.split("/")[5] ?? "";

/** When the whole page is there; the script may be quicker. */
export function parsed() {
  const isRead = document.readyState !== "loading";
  return isRead || new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

export function placed() {
  const told = document.getElementById("served");
  if (told) return JSON.parse(told.textContent);
  const id = idHere();
  const [, , survey, version, language] = location.pathname.split("/");
  const at = Object.fromEntries(new URLSearchParams(location.search));
  const codes = [...document.querySelectorAll("[data-do=speak]")].map((button) => button.dataset.language);
  const address = (code) => `/interview/${survey}/${version}/${code}/${id}${location.search}`;
  return {
    id,
    api: `/api/responses/${id}`,
    leave: "/interviews/tablet",
    contacts: at.site && `/interviews/contacts/${at.site}`,
    round: at.round,
    site: at.site,
    speaker: at.speaker,
    languages: Object.fromEntries([...new Set([language, ...codes])].map((code) => [code, address(code)])),
  };
}
