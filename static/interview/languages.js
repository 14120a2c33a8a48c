// Another language in mid-interview: its page takes the place of this one, and the answers stay.

export async function speak(interview, language) {
  const panel = document.getElementById("languages");
  if (language === interview.definition.language) return panel.close();
  const page = await fetched(interview.served.languages[language]);
  if (!page) {
    document.getElementById("languages-problem").textContent = interview.texts.string("cannot_load");
    return;
  }
  panel.close();
  const { stop, waiting, removed } = interview;
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
  document.body.replaceWith(document.adoptNode(page.body));
  interview.read();
  document.title = interview.texts.string("title");
  history.replaceState(null, "", interview.served.languages[language]);
  if (waiting) interview.waiting = inNewPage(waiting, interview.definition);
  if (removed) removed.repeat = interview.definition.byName.get(removed.repeat.name);
  interview.show(inNewPage(stop, interview.definition));
  interview.record.keep(interview);
  interview.dressed?.();
}

/** The same stop, with the items of the definition just read. */
function inNewPage(stop, definition) {
  return {
    ...stop,
    item: stop.item && definition.byName.get(stop.item.name),
    items: stop.items.map((item) => definition.byName.get(item.name)),
    inside: stop.inside && inNewPage(stop.inside, definition),
  };
}

async function fetched(address) {
  try {
    const answer = await fetch(address, { redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return answer.ok && page.getElementById("definition") ? page : null;
  } catch {
    return null;
  }
}
