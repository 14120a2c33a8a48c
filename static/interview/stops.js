// The order in which screens are shown. A stop is one screen for one row; `inside` is the row's list, where Back and
// Next lead when the row is done.

/** Every stop of the interview outside rows, in order, with the screens that belong to every interview. */
export function mainStops(route) {
  if (route.stopsAt !== route.changes) {
    route.stops = allStops(route);
    route.stopsAt = route.changes;
  }
  return route.stops;
}

function allStops(route) {
  const found = route.definition.sections.flatMap((section) => {
    const stops = below(section, route.top, null, route);
    return needsThanks(route, section, stops) ? [...stops, own("~thanks", section)] : stops;
  });
  return [...found, own("~review", null)];
}

/** The stops of one row of a repeat. */
export function rowStops(route, repeat, row, inside) {
  if (!repeat.together) return below(repeat, row, inside, route);
  const items = parts(repeat, row, route);
  return items.length ? [{ screen: `${repeat.name}.row`, item: repeat, row, inside, items }] : [];
}

export function isSame(one, other) {
  return one.screen === other.screen && one.row === other.row;
}

function own(screen, section) {
  return { screen, item: section, row: null, inside: null, items: [] };
}

/** A questionnaire may say thank you in its own words; where it does not, we do. */
function needsThanks(route, section, stops) {
  return route.isRefused && route.consentItems.includes(stops.at(-1)?.item) && stops.at(-1).item.section === section;
}

function below(above, row, inside, route) {
  return above.children.flatMap((item) => {
    if (!route.isAsked(item, row)) return [];
    if (item.kind === "repeat") return [{ screen: item.name, item, row, inside, items: [], isList: true }];
    if (item.kind === "question") return item.screen ? [{ screen: item.name, item, row, inside, items: [item] }] : [];
    if (!item.together) return below(item, row, inside, route);
    const items = parts(item, row, route);
    return items.length ? [{ screen: item.name, item, row, inside, items }] : [];
  });
}

/** The questions of a screen that are asked now, groups within opened up. */
function parts(above, row, route) {
  return above.children.flatMap((item) => {
    if (!route.isAsked(item, row)) return [];
    if (item.kind === "group") return parts(item, row, route);
    return SILENT.has(item.type) ? [] : [item];
  });
}

const SILENT = new Set(["calculate", "hidden", "today", "start", "end"]);
