// A long list of choices that people search instead of scroll. What is chosen, and the ways not to answer, stay in sight.

const MOST = 60; // choices drawn at once

export function drawFinder(finder, values, item, row, interview) {
  if (!finder.firstChild) finder.append(searchField(interview), document.createElement("div"));
  const field = finder.firstChild;
  const here = item.repeats.length ? row : null;
  if (finder.shownRow !== here) field.value = "";
  finder.shownRow = here;
  const choices = offeredChoices(item, row, interview);
  field.oninput = () => draw(finder, chosenIn(finder), choices, field.value, interview);
  draw(finder, values, choices, field.value, interview);
}

function offeredChoices(item, row, interview) {
  const offered = new Set(interview.route.offered(item, row));
  return interview.definition.listOf(item).filter((choice) => offered.delete(choice.name)).map((choice) => {
    const said = interview.texts.choiceLabel(item, choice.name, interview.route, row);
    return { name: choice.name, missing: choice.missing, said, plain: plain(said) };
  });
}

function chosenIn(finder) {
  return [...finder.querySelectorAll(".choices input:checked")].map((each) => each.value);
}

function searchField(interview) {
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = interview.texts.string("search");
  field.setAttribute("aria-label", interview.texts.string("search"));
  return field;
}

/** The list is drawn anew only when other choices belong in it, so that it does not move under the finger. */
function draw(finder, values, choices, search, interview) {
  const state = JSON.stringify([search, choices]);
  const drawn = [...finder.querySelectorAll(".choices input")];
  if (finder.state !== state || !values.every((value) => drawn.some((each) => each.value === value))) {
    finder.state = state;
    finder.lastChild.replaceChildren(...drawnList(finder, values, choices, plain(search), interview));
  } else drawn.forEach((each) => (each.checked = values.includes(each.value)));
}

function drawnList(finder, values, choices, wanted, interview) {
  const chosen = choices.filter((choice) => values.includes(choice.name));
  const others = choices.filter((choice) => !values.includes(choice.name));
  const found = others.filter((choice) => !choice.missing && (choice.plain.includes(wanted) || plain(choice.name) === wanted));
  const begins = (choice) => choice.plain.startsWith(wanted);
  const matches = [...found.filter(begins), ...found.filter((choice) => !begins(choice))];
  const shown = [...chosen, ...matches.slice(0, MOST), ...others.filter((choice) => choice.missing)];
  const list = document.createElement("div");
  list.className = "choices";
  list.append(...shown.map((choice) => choiceBox(choice, values, finder)));
  const note = matches.length > MOST ? "more_matches" : wanted && !matches.length ? "no_match" : "";
  const line = document.createElement("p");
  line.className = "hint";
  line.setAttribute("role", "status");
  line.textContent = note && interview.texts.string(note);
  return [list, line];
}

function choiceBox(choice, values, finder) {
  const box = document.createElement("label");
  box.className = choice.missing ? "choice quiet" : "choice";
  const input = document.createElement("input");
  const { input: type, list: name } = finder.dataset;
  Object.assign(input, { type, name: `found:${name}`, value: choice.name, checked: values.includes(choice.name) });
  const text = document.createElement("span");
  text.textContent = choice.said;
  box.append(input, text);
  return box;
}

/** Small letters without accents, so that `reunion` finds Réunion. */
function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
}
