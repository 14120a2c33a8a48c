// Where and what this page's interview is. A document from the tablet's own store says nothing of it: the address does.

export function placed() {
  const told = document.getElementById("served");
  if (told) return JSON.parse(told.textContent);
  const [, , survey, version, language, id] = location.pathname.split("/");
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
