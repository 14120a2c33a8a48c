// The list of a repeat: what each row says in short, and adding, removing, undoing, moving.

export function drawRows(box, repeat, above, interview) {
  const { route, texts } = interview;
  const rows = route.rowsSeen(above, repeat.name);
  const list = document.createElement("ol");
  list.className = "plain";
  rows.forEach((row, place) => list.append(rowLine(row, place, rows.length, repeat, interview)));
  box.replaceChildren(list);
  if (!rows.length) box.append(line("hint", texts.string("empty")));
  const removed = interview.removed?.repeat === repeat && interview.removed.row.parent === above;
  if (removed) box.append(undoLine(texts));
  if (!repeat.count) box.append(button("add", texts.string(rows.length ? "add" : "add_first"), "wide add", "i-add"));
}

function rowLine(row, place, count, repeat, interview) {
  const { texts } = interview;
  const item = document.createElement("li");
  item.className = "row-line";
  const open = button("open-row", "", "wide");
  open.append(...summary(row, place, repeat, interview));
  item.append(open);
  if (!repeat.count) {
    const name = rowName(row, place, repeat, interview);
    if (place > 0) item.append(tool("row-up", "i-up", `${texts.string("up")}: ${name}`));
    if (place < count - 1) item.append(tool("row-down", "i-down", `${texts.string("down")}: ${name}`));
    item.append(tool("row-remove", "i-remove", `${texts.string("remove")}: ${name}`));
  }
  item.querySelectorAll("button").forEach((each) => (each.dataset.place = place));
  return item;
}

function summary(row, place, repeat, interview) {
  const [title, ...rest] = shortAnswers(row, repeat, interview);
  const name = document.createElement("b");
  name.textContent = title ?? interview.texts.string("row", { number: interview.texts.number(place + 1) });
  const more = line("", rest.join(" · "));
  if (!isFinished(row, repeat, interview)) more.append(line("badge", interview.texts.string("unfinished"), "span"));
  return [name, more];
}

export function rowName(row, place, repeat, interview) {
  return shortAnswers(row, repeat, interview)[0] ?? interview.texts.string("row", { number: interview.texts.number(place + 1) });
}

/** The first few things that tell one row from another. */
function shortAnswers(row, repeat, interview) {
  const told = repeat.children.filter((item) => TELLING.has(item.type) && interview.route.isAsked(item, row) && !row.missing.has(item.name));
  return told.map((item) => interview.texts.answer(item, interview.route, row)).filter(Boolean).slice(0, 3);
}

/** Whether the row was gone through to its end and nothing in it needs mending. */
export function isFinished(row, repeat, interview) {
  const inside = (item) => item.children.flatMap((child) => (child.kind === "group" ? inside(child) : [child]));
  return row.finished && inside(repeat).every((item) => !interview.route.problem(item, row));
}

const TELLING = new Set(["select_one", "text", "money", "integer", "decimal", "date"]);

function line(className, text, tag = "p") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function button(action, text, className, icon) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", className });
  element.dataset.do = action;
  if (icon) element.append(picture(icon));
  if (text) element.append(text);
  return element;
}

function tool(action, icon, name) {
  const element = button(action, "", "icon", icon);
  element.setAttribute("aria-label", name);
  return element;
}

export function picture(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

function undoLine(texts) {
  const element = line("undo", texts.string("removed"));
  element.setAttribute("role", "status");
  element.append(button("row-undo", texts.string("undo"), ""));
  return element;
}
