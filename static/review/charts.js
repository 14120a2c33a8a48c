/* Draws the pictures of the review door with ECharts from the JSON beside each. Nothing here computes a figure.
   Tooltips are rich text on the canvas: the page's policy allows no inline styles. Colours differ in lightness too, and
   patterns (decal) tell parts apart in grey print. */
"use strict";
(() => {
  const INK = "#1a2325", QUIET = "#4f5b59", LINE = "#d6dcd9", ACCENT = "#14505c", ZERO = "#14633a", CAP = "#7a1022", GROUND = "#eef3f2";
  const BANDS = { critical: "#7a1022", high: "#b3361b", elevated: "#b07a00", lower: "#2c8455", not_enough_information: "#6c7875" };
  const SYMBOLS = { critical: "triangle", high: "diamond", elevated: "rect", lower: "circle", not_enough_information: "emptyCircle" };
  const LADDER = ["#ffffff", "#f6e3ae", "#e3b04b", "#c4762a", "#93391f", "#4a0b12"], NOT_SHOWN = "#d9dedc";
  const FLOWS = ["#14505c", "#b07a00", "#7a1022", "#7d8a88", "#2c8455"];
  /* Numbers on an axis in the digits of the page. */
  const written = (data, value) => String(value).replace(/\d/g, (digit) => data.digits[digit]);
  const percent = (data) => (value) => `${written(data, Math.round(value * 100))}\u00a0%`;
  const isNarrow = () => innerWidth < 640;
  const room = (share, most) => Math.min(most, innerWidth * share);
  /* Rich text has its own braces; no name may open one. */
  const plain = (text) => String(text).replaceAll("{", "(").replaceAll("}", ")").replaceAll("|", "/");

  /* Text in lines of at most this width, between words also where a script writes none apart; ECharts would cut. Only a
     word that is wider by itself is broken. */
  const pen = document.createElement("canvas").getContext("2d");
  const words = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }), letters = new Intl.Segmenter(document.documentElement.lang);
  const fontFamily = getComputedStyle(document.body).fontFamily;
  const measured = (text, size, weight = 400) => { pen.font = `${weight} ${size}px ${fontFamily}`; return pen.measureText(text).width; };
  const wrapped = (text, width, size, weight) => {
    const fits = (line) => measured(line.trim(), size, weight) <= width, lines = [""];
    for (const { segment } of words.segment(plain(text))) {
      if (fits(lines.at(-1) + segment)) { lines[lines.length - 1] += segment; continue; }
      if (/^[\p{P}\s]+$/u.test(segment)) { lines[lines.length - 1] += segment.trim(); continue; }  // no line begins with a comma
      lines.push(segment);
      if (fits(segment)) continue;
      lines.pop();
      for (const { segment: letter } of letters.segment(segment)) { if (fits(lines.at(-1) + letter)) lines[lines.length - 1] += letter; else lines.push(letter); }
    }
    return lines.map((line) => line.trim()).filter(Boolean);
  };
  /* The same in a style of rich text. */
  const styled = (style, text, width, size, weight) => wrapped(text, width, size, weight).map((line) => `{${style}|${line}}`).join("\n");

  const numbers = (data, more) => ({ type: "value", inverse: data.rtl, splitLine: { lineStyle: { color: LINE } }, ...more,
    axisLabel: { color: QUIET, hideOverlap: true, formatter: (value) => written(data, value), ...more?.axisLabel } });
  const named = () => room(isNarrow() ? 0.25 : 0.3, 220);  // how wide a name may be
  const names = (data, labels, more) => ({ type: "category", data: labels, inverse: true, position: data.rtl ? "right" : "left", axisTick: { show: false }, ...more,
    axisLabel: { color: INK, fontSize: isNarrow() ? 11 : 12, lineHeight: 16, interval: 0, formatter: (label) => wrapped(label, named(), 12).join("\n"), ...more?.axisLabel } });
  /* What stands at the far end of each row, in words; a telephone has no room for it. */
  const sides = (data) => ({ ...names(data, data.rows.map((row) => row.side || "")), position: data.rtl ? "left" : "right",
    axisLine: { show: false }, axisLabel: { color: INK, lineHeight: 15, interval: 0, formatter: (label) => wrapped(label, room(0.2, 150), 12).join("\n") } });
  const grid = (more) => ({ left: 12, right: isNarrow() ? 28 : 16, top: 12, bottom: 8, containLabel: true, ...more });

  const whisker = (data) => {
    /* Name, then what is known of it; on a telephone there is room for the band alone. */
    const lines = ({ label, about, side }) => `{name|${plain(label)}}\n{about|${plain(isNarrow() ? side : about)}}`;
    const instead = (row) => wrapped(row.words || "", innerWidth * 0.38, isNarrow() ? 11 : 12);
    return {
      height: 50 + Math.max(42, ...data.rows.map((row) => 8 + 17 * instead(row).length)) * data.rows.length,
      grid: grid(),
      xAxis: numbers(data, { min: 0, max: 1, interval: isNarrow() ? 0.5 : 0.2, axisLabel: { formatter: percent(data) } }),
      yAxis: [names(data, data.rows.map((row) => row.label), { axisLabel: { formatter: (_, place) => lines(data.rows[place]),
        rich: { name: { color: INK, fontWeight: 600, lineHeight: 17, fontSize: isNarrow() ? 11 : 12 }, about: { color: QUIET, fontSize: 11, lineHeight: 15 } } } }), ...(isNarrow() ? [] : [sides(data)])],
      tooltip: { formatter: ({ dataIndex }) => { const row = data.rows[dataIndex]; return `${row.label} · ${row.side}\n${row.words || row.said}`; } },
      series: [
        { type: "custom", data: data.rows.flatMap((row, place) => (row.words ? [] : [[row.low, row.high, place]])), encode: { x: [0, 1], y: 2 },
          renderItem: (_, api) => { const [x1, y] = api.coord([api.value(0), api.value(2)]), [x2] = api.coord([api.value(1), api.value(2)]);
            const line = (a, b, c, d, width) => ({ type: "line", shape: { x1: a, y1: b, x2: c, y2: d }, style: { stroke: ACCENT, lineWidth: width } });
            return { type: "group", children: [line(x1, y, x2, y, 3), line(x1, y - 6, x1, y + 6, 2), line(x2, y - 6, x2, y + 6, 2)] }; } },
        { type: "scatter", symbolSize: 1, silent: true, clip: false, itemStyle: { color: "transparent" }, data: data.rows.map((row, place) => ({ value: [row.words ? 0 : "-", place],
          label: { show: true, position: data.rtl ? "left" : "right", color: QUIET, fontStyle: "italic", fontSize: isNarrow() ? 11 : 12, lineHeight: 17, formatter: instead(row).join("\n") } })) },
        { type: "scatter", symbolSize: 14, data: data.rows.map((row, place) => ({ value: [row.words ? "-" : row.share, place], symbol: SYMBOLS[row.band], itemStyle: { opacity: 1, color: BANDS[row.band], borderColor: "#fff", borderWidth: 1.5 } })) },
      ],
    };
  };

  /* A name, and below it in small what is known of it. */
  const titled = (data, rows, width) => { const size = isNarrow() ? 11 : 12;
    const said = ({ label, about }) => [styled("name", label, width, size, 600), ...(about ? [styled("about", about, width, 11)] : [])].join("\n");
    return names(data, rows.map((row) => row.label), { axisLabel: { formatter: (_, place) => said(rows[place]),
      rich: { name: { color: INK, fontWeight: 600, lineHeight: 16, fontSize: size }, about: { color: QUIET, fontSize: 11, lineHeight: 14 } } } }); };

  /* Each bar is cut as its own row says: a piece without a step of the ladder is hatched and has words instead. */
  const distribution = (data) => {
    const most = Math.max(...data.rows.map(({ parts }) => parts.length)), width = room(isNarrow() ? 0.26 : 0.3, 220), wide = data.width * 0.52;
    const look = (bin) => (bin === null ? { color: NOT_SHOWN, decal: HATCH } : { color: LADDER[bin], decal: DECALS[bin] });
    const used = data.bins.map((name, bin) => ({ name, bin: bin === data.bins.length - 1 ? null : bin })).filter(({ bin }) => bin !== null || data.rows.some(({ parts }) => parts.some((part) => part.bin === null)));
    const edge = { borderColor: INK, borderWidth: 1 };
    const size = isNarrow() ? 10 : 11, label = (part) => wrapped(part.words || part.short, Math.max(part.share * wide - 10, 40), size);
    /* Words that would take more than two lines on their piece stand below the name of the row. */
    const beside = (row) => row.parts.filter((part) => part.words && label(part).length > 2).map((part) => part.words);
    const rows = data.rows.map((row) => ({ ...row, about: [row.about, ...beside(row), isNarrow() && row.side && `${data.words.side}: ${row.side}`].filter(Boolean).join(" · ") }));
    return {
      height: 110 + (isNarrow() ? 60 : 0) + Math.max(46, ...rows.map(({ label, about }) => 16 * wrapped(label, width, 12, 600).length + 14 * wrapped(about || "", width, 11).length + 18)) * rows.length,
      grid: grid({ top: isNarrow() ? 130 : 74 }),
      aria: { enabled: true, decal: { show: true } },
      legend: { top: 0, left: 0, right: 0, selectedMode: false, data: [...used.map(({ name, bin }) => ({ name, itemStyle: { ...look(bin), ...edge } })), ...(data.rows.some(({ cap }) => cap !== null) ? [{ name: data.words.cap, icon: "path://M0 0h8v3H0zM12 0h8v3h-8z", itemStyle: { color: CAP, borderWidth: 0, decal: "none" } }] : [])], itemWidth: 26, itemHeight: 14, textStyle: { color: INK } },
      xAxis: numbers(data, { max: 1, interval: isNarrow() ? 0.5 : 0.2, axisLabel: { formatter: percent(data) } }),
      yAxis: [titled(data, rows, width), ...(isNarrow() ? [] : [{ ...sides(data), name: data.rows.some((row) => row.side) ? data.words.side : "", nameLocation: "start",
        nameTextStyle: { color: QUIET, align: data.rtl ? "left" : "right", fontSize: 11 } }])],
      tooltip: { formatter: ({ dataIndex, seriesIndex }) => { const row = data.rows[dataIndex], part = row.parts[seriesIndex]; return part ? `${row.label}\n${part.bin === null ? part.words : `${data.bins[part.bin]}: ${part.said}`}` : ""; } },
      series: [...Array.from({ length: most }, (_, place) => ({ name: `part-${place}`, type: "bar", stack: "all", barWidth: 28,
        data: data.rows.map(({ parts }) => !parts[place] ? "-" : { value: parts[place].share, itemStyle: { ...look(parts[place].bin), ...edge },
          label: { show: parts[place].bin === null ? label(parts[place]).length < 3 : parts[place].share >= (isNarrow() ? 0.18 : 0.08), color: INK, fontSize: size, lineHeight: 12,
            formatter: label(parts[place]).join("\n"), backgroundColor: "rgba(255,255,255,.88)", padding: [1, 3], borderRadius: 3 } }) })),
        ...used.map(({ name, bin }) => ({ name, type: "bar", stack: "all", data: [], itemStyle: { ...look(bin), ...edge } })),
        /* Where one cap held in months of wage. It caps some costs and the bar tells of all: who paid more than it is said beside. */
        { type: "custom", silent: true, z: 6, encode: { x: 0, y: 1 }, data: data.rows.flatMap((row, place) => (row.cap === null ? [] : [[row.cap, place]])),
          renderItem: (_, api) => { const [x, y] = api.coord([api.value(0), api.value(1)]), line = { x1: x, x2: x, y1: y - 21, y2: y + 21 };
            return { type: "group", children: [{ type: "line", shape: line, style: { stroke: "#fff", lineWidth: 5 } }, { type: "line", shape: line, style: { stroke: CAP, lineWidth: 2.5, lineDash: [5, 3] } }] }; } },
        { type: "line", name: data.words.cap, symbol: "none", data: [], lineStyle: { color: CAP, width: 2.5, type: "dashed" }, itemStyle: { color: CAP } }],
    };
  };
  const HATCH = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: Math.PI / 4, color: "rgba(0,0,0,.28)" };
  const DECALS = [
    { symbol: "none" },
    { symbol: "circle", symbolSize: 0.35, dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], color: "rgba(0,0,0,.4)" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 7], rotation: Math.PI / 4, color: "rgba(0,0,0,.35)" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 5], rotation: -Math.PI / 4, color: "rgba(255,255,255,.65)" },
    { symbol: "rect", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], color: "rgba(255,255,255,.35)" },
    { symbol: "none" },
  ];

  /* Below the head of each corridor its suppliers, each as far from zero as those who paid bore; too many share one row. */
  const means = (data) => {
    const { rows } = data, size = 11, inside = data.width - 24;
    /* A head is one line where name and cap fit into it, else the cap stands below. */
    const below = ({ label, about }) => (!about || measured(label, 12, 600) + measured(about, size) + 10 < inside ? [] : wrapped(about, inside, size));
    const step = Math.max(34, ...rows.filter((row) => row.head).map((row) => { const lines = below(row).length; return lines && 26 + 15 * lines; }));
    const last = rows.map((_, place) => { const next = rows.findIndex((row, other) => other > place && row.head); return (next < 0 ? rows.length : next) - 1; });
    const dots = rows.flatMap((row, place) => (row.many || (row.head ? [] : [row])).map((dot) => ({ ...dot, place })));
    const most = Math.max(2, ...dots.map(({ months }) => months), ...rows.map(({ cap }) => cap ?? 0));
    const head = (api) => { const row = rows[api.value(1)], [, y] = api.coord([0, api.value(1)]), wide = api.getWidth();
      const x = data.rtl ? wide - 12 : 12, lines = below(row).map((line) => `\n{about|${line}}`).join("");
      const told = `{name|${plain(row.label)}}${lines}`, side = x + (measured(row.label, 12, 600) + 10) * (data.rtl ? -1 : 1);
      const children = [{ type: "rect", shape: { x: 0, y: y - step / 2 + 2, width: wide, height: step - 4 }, style: { fill: row.many ? "transparent" : GROUND } },
        { type: "text", style: { text: told, fontFamily, x, y, align: data.rtl ? "right" : "left", verticalAlign: "middle", fill: INK,
          rich: { name: { fill: INK, fontFamily, fontWeight: 600, fontSize: 12, lineHeight: 16 }, about: { fill: QUIET, fontFamily, fontSize: size, lineHeight: 15 } } } },
        ...(lines || !row.about ? [] : [{ type: "text", style: { text: row.about, fontFamily, x: side, y, align: data.rtl ? "right" : "left", verticalAlign: "middle", fill: QUIET, fontSize: size } }])];
      if (row.cap !== null) { const [cap] = api.coord([row.cap, 0]), [, end] = api.coord([0, last[api.value(1)]]);
        children.push({ type: "line", shape: { x1: cap, x2: cap, y1: y + step / 2 - 2, y2: end + step / 2 - 4 }, style: { stroke: CAP, lineWidth: 2.5, lineDash: [5, 3] }, z2: 5 }); }
      return { type: "group", children }; };
    return {
      height: (isNarrow() ? 92 : 76) + step * rows.length,
      grid: grid({ top: isNarrow() ? 48 : 32, bottom: 30, [data.rtl ? "left" : "right"]: 44 }),
      legend: { show: rows.some(({ head: isHead, cap }) => isHead && cap !== null), top: 0, right: data.rtl ? null : 12, left: data.rtl ? 12 : null, selectedMode: false, data: [data.words.cap], itemWidth: 26, itemHeight: 2, textStyle: { color: INK } },
      xAxis: numbers(data, { min: 0, max: Math.ceil(most * 1.1), minInterval: 1, name: data.words.axis, nameLocation: "middle", nameGap: 26, nameTextStyle: { color: QUIET } }),
      yAxis: names(data, rows.map((row) => row.label), { axisLine: { show: false }, axisLabel: { formatter: (label, place) => (rows[place].head ? "" : label) } }),
      tooltip: { formatter: ({ data: dot }) => dot?.told ?? "" },
      series: [
        { type: "custom", silent: true, clip: false, z: 6, encode: { x: 0, y: 1 }, data: rows.flatMap((row, place) => (row.head ? [[0, place]] : [])), renderItem: (_, api) => head(api) },
        { type: "bar", silent: true, barWidth: 3, z: 2, itemStyle: { color: "#8fa5a5" }, data: rows.map((row) => (row.head ? null : row.months)),
          markLine: { silent: true, symbol: "none", label: { formatter: data.words.zero, color: ZERO, position: "start", align: data.rtl ? "right" : "left" }, lineStyle: { color: ZERO, width: 3, type: "solid" }, data: [{ xAxis: 0 }] } },
        { type: "scatter", symbolSize: 13, z: 3, clip: false, data: dots.map((dot) => ({ value: [dot.months, dot.place], told: dot.told, symbol: SYMBOLS[dot.band] || "circle", itemStyle: { opacity: 1, color: BANDS[dot.band] || ACCENT, borderColor: "#fff", borderWidth: 1 },
          label: { show: !rows[dot.place].many, position: data.rtl ? "left" : "right", color: INK, fontSize: 12, formatter: plain(dot.said) } })) },
        { type: "line", name: data.words.cap, symbol: "none", data: [], lineStyle: { color: CAP, width: 2.5, type: "dashed" }, itemStyle: { color: CAP } },
      ],
    };
  };

  /* Money goes the way that the page is read: in Arabic from the right to the left. */
  const sankey = (data) => {
    const isStart = (node) => (node.side === "source") !== data.rtl, side = room(0.27, 210);
    const rows = Math.max(...["source", "target"].map((end) => data.nodes.filter((node) => node.side === end).length));
    const high = 18 + 16 * Math.max(...data.nodes.map(({ name }) => wrapped(name, side - 12, 12).length));  // of a label
    return {
      height: 10 + high + (24 + high) * Math.max(2, rows),
      tooltip: { formatter: ({ data: link, name }) => (link.source ? `${data.rtl ? link.target : link.source} → ${data.rtl ? link.source : link.target}\n${link.said}` : name) },
      series: [{ type: "sankey", left: side, right: side, top: high / 2, bottom: high / 2, nodeGap: Math.max(40, high), nodeWidth: 14, draggable: false, layoutIterations: 0,
        lineStyle: { color: data.rtl ? "target" : "source", opacity: 0.4 }, emphasis: { focus: "adjacency" },
        data: data.nodes.map((node, place) => ({ name: node.name, itemStyle: { color: node.side === "source" ? FLOWS[place % FLOWS.length] : INK },
          label: { position: isStart(node) ? "left" : "right", color: INK, lineHeight: 16, formatter: `${styled("name", node.name, side - 12, 12)}\n{said|${plain(node.said)}}`,
            rich: { name: { color: INK, fontSize: 12, lineHeight: 16, align: isStart(node) ? "right" : "left" }, said: { color: QUIET, lineHeight: 15, align: isStart(node) ? "right" : "left" } } } })),
        links: data.links.map((link) => (data.rtl ? { ...link, source: link.target, target: link.source } : link)) }],
    };
  };

  /* Heads stand upright where a word would not fit its column. */
  const heat = (data) => {
    const beside = Math.min(room(isNarrow() ? 0.25 : 0.3, 220), Math.max(...data.stages.map((stage) => measured(stage, 12)))) + 36;
    const column = (data.width - beside) / data.actors.length - 6;
    const fits = !isNarrow() && data.actors.every((actor) => [...words.segment(actor)].every(({ segment }) => measured(segment, 11) <= column));
    const heads = data.actors.map((actor) => wrapped(actor, fits ? column : column < 24 ? 240 : 130, 11));
    const of = data.rows.map((row) => styled("of", row.of, column + 2, 10)), lines = Math.max(1, ...of.map((text) => text.split("\n").length));
    const high = fits ? 14 * Math.max(...heads.map((lines) => lines.length)) : 20 + Math.max(...heads.flat().map((line) => measured(line, 11)));
    return {
      height: 30 + high + (isNarrow() ? 40 : 34 + 12 * lines) * data.stages.length,
      grid: grid(),
      xAxis: { type: "category", data: data.actors, inverse: data.rtl, axisTick: { show: false },
        axisLabel: { color: INK, interval: 0, fontSize: 11, lineHeight: 14, rotate: fits ? 0 : 90, formatter: (_, place) => heads[place].join("\n") } },
      yAxis: names(data, data.stages),
      visualMap: { min: 0, max: 1, show: false, inRange: { color: ["#ffffff", "#9cc6c7", "#14505c"] } },  // each cell has its number
      tooltip: { formatter: ({ dataIndex, value }) => { const row = data.rows[dataIndex]; return `${data.stages[value[1]]} · ${data.actors[value[0]]}\n${row.said} ${row.more} ${row.of} ${row.label}`; } },
      series: [{ type: "heatmap", data: data.rows.map((row) => row.at), itemStyle: { borderColor: LINE, borderWidth: 1 },
        label: { show: true, fontSize: isNarrow() ? 9 : 12, lineHeight: isNarrow() ? 11 : 14, rich: { of: { fontSize: 10, lineHeight: 12, color: "inherit" } },
          formatter: ({ dataIndex }) => { const row = data.rows[dataIndex]; return isNarrow() ? [...wrapped(row.said.replace("\u00a0%", ""), column + 4, 9), row.more].filter(Boolean).join("\n") : `${row.said} ${row.more}\n${of[dataIndex]}`; } } }],
    };
  };
  const change = (data) => ({
    height: 50 + Math.max(isNarrow() ? 70 : 40, ...data.rows.map(({ label }) => 14 + 16 * wrapped(label, named(), 12).length)) * data.rows.length,
    grid: grid({ top: 34 }),
    legend: { top: 0, selectedMode: false, textStyle: { color: INK } },
    xAxis: numbers(data, { min: 0, max: 1, axisLabel: { formatter: percent(data) } }),
    yAxis: [names(data, data.rows.map((row) => row.label)), ...(isNarrow() ? [] : [sides(data)])],
    tooltip: { formatter: ({ dataIndex }) => { const row = data.rows[dataIndex]; return `${row.label}\n${row.said}`; } },
    series: [
      { type: "custom", silent: true, data: data.rows.map((row, place) => [row.before, row.after, place]), encode: { x: [0, 1], y: 2 },
        renderItem: (_, api) => { const [x1, y] = api.coord([api.value(0), api.value(2)]), [x2] = api.coord([api.value(1), api.value(2)]);
          const isKnown = data.rows[api.value(2)].trend !== "no_change_shown";
          return { type: "line", shape: { x1, y1: y, x2, y2: y }, style: { stroke: isKnown ? INK : QUIET, lineWidth: isKnown ? 4 : 1.5, lineDash: isKnown ? null : [4, 4] } }; } },
      { name: data.words.before, type: "scatter", symbolSize: 13, itemStyle: { opacity: 1, color: "#fff", borderColor: INK, borderWidth: 2 }, data: data.rows.map((row, place) => [row.before, place]) },
      { name: data.words.after, type: "scatter", symbolSize: 14, itemStyle: { color: INK },
        data: data.rows.map((row, place) => ({ value: [row.after, place], itemStyle: { opacity: 1, color: { worse: BANDS.critical, better: BANDS.lower }[row.trend] || QUIET } })) },
    ],
  });
  const draw = { whisker, distribution, means, sankey, heat, change };

  /* No cell may become a formula in a spreadsheet. */
  const cell = (text) => `"${(/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" : "") + String(text).replaceAll('"', '""')}"`;
  const csv = (data) => "\ufeff" + [data.heads, ...data.table].map((row) => row.map((value) => cell(String(value))).join(",")).join("\r\n");

  /* What is taken along says what it shows, whom it may reach, and that it is made up where it is. */
  const notices = [...document.querySelectorAll(".notice-audit, .notice-release, .notice-superseded strong, .notice-synthetic strong")].map((one) => one.textContent.trim());
  const mark = [document.querySelector(".notice-audit") ? "audit" : "release", ...(document.querySelector(".notice-superseded") ? ["superseded"] : []), ...(document.querySelector(".notice-synthetic") ? ["synthetic"] : [])];
  const framed = (figure, data) => {
    const drawn = figure.querySelector("canvas"), scale = drawn.width / drawn.clientWidth, wide = drawn.width / scale - 24;
    const above = [[figure.querySelector("figcaption").textContent, 16, 600, INK], [document.title.split(" · ")[0], 13, 400, QUIET]].flatMap(([text, size, ...style]) => wrapped(text, wide, size, style[0]).map((line) => [line, size, ...style]));
    const below = [data.note ?? "", ...notices].filter(Boolean).flatMap((text) => wrapped(text, wide, 11).map((line) => [line, 11, 400, QUIET]));
    const high = (lines) => lines.reduce((sum, [, size]) => sum + size * 1.6, 0);
    const sheet = document.createElement("canvas"), page = sheet.getContext("2d");
    sheet.width = drawn.width;
    sheet.height = drawn.height + (high(above) + high(below) + 28) * scale;
    page.fillStyle = "#fff";
    page.fillRect(0, 0, sheet.width, sheet.height);
    page.drawImage(drawn, 0, (high(above) + 12) * scale);
    page.scale(scale, scale);
    Object.assign(page, { direction: data.rtl ? "rtl" : "ltr", textAlign: "start", textBaseline: "top" });
    const write = (lines, top) => lines.reduce((y, [text, size, weight, fill]) => { Object.assign(page, { font: `${weight} ${size}px ${fontFamily}`, fillStyle: fill }); page.fillText(text, data.rtl ? sheet.width / scale - 12 : 12, y); return y + size * 1.6; }, top);
    write(above, 10);
    write(below, high(above) + 18 + drawn.height / scale);
    return sheet.toDataURL("image/png");
  };

  for (const figure of document.querySelectorAll("figure.chart")) {
    const data = JSON.parse(figure.querySelector("script").textContent);
    const canvas = figure.querySelector(".chart-canvas"), files = figure.querySelector(".chart-files");
    canvas.hidden = files.hidden = false;
    const chart = echarts.init(canvas, null, { renderer: "canvas", devicePixelRatio: Math.max(2, devicePixelRatio) });
    const show = () => {
      data.width = canvas.clientWidth;
      const { height, tooltip, ...option } = draw[data.kind](data);
      chart.resize({ height });
      chart.setOption({ animation: false, backgroundColor: "#fff", textStyle: { fontFamily },
        tooltip: { renderMode: "richText", confine: true, ...tooltip }, ...option }, true);
    };
    show();
    addEventListener("resize", show);
    for (const file of files.querySelectorAll("a")) file.download = file.download.replace(/(?=\.\w+$)/, `-${mark.join("-")}`);
    files.querySelector(".chart-png").addEventListener("click", (event) => { event.currentTarget.href = framed(figure, data); });
    files.querySelector(".chart-csv").addEventListener("click", (event) => { event.currentTarget.href = URL.createObjectURL(new Blob([csv(data)], { type: "text/csv" })); });
  }
})();
