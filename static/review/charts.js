/* Draws the pictures of the review door with ECharts from the JSON beside each. Nothing here computes a figure.
   Tooltips are rich text on the canvas: the page's policy allows no inline styles. Colours differ in lightness too, and
   patterns (decal) tell parts apart in grey print. */
"use strict";
(() => {
  const INK = "#1a2325", QUIET = "#4f5b59", LINE = "#d6dcd9", ACCENT = "#14505c", ZERO = "#14633a";
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

  const numbers = (data, more) => ({ type: "value", inverse: data.rtl, splitLine: { lineStyle: { color: LINE } }, ...more,
    axisLabel: { color: QUIET, hideOverlap: true, formatter: (value) => written(data, value), ...more?.axisLabel } });
  const names = (data, labels, more) => ({ type: "category", data: labels, inverse: true, position: data.rtl ? "right" : "left", axisTick: { show: false }, ...more,
    axisLabel: { color: INK, width: room(isNarrow() ? 0.25 : 0.3, 220), fontSize: isNarrow() ? 11 : 12, lineHeight: 16, overflow: "break", interval: 0, ...more?.axisLabel } });
  /* What stands at the far end of each row, in words; a telephone has no room for it. */
  const sides = (data) => ({ ...names(data, data.rows.map((row) => row.side || "")), position: data.rtl ? "left" : "right",
    axisLine: { show: false }, axisLabel: { color: INK, width: room(0.2, 150), overflow: "break", lineHeight: 15, interval: 0 } });
  const grid = (more) => ({ left: 12, right: 16, top: 12, bottom: 8, containLabel: true, ...more });

  const whisker = (data) => {
    /* Name, then what is known of it; on a telephone there is room for the band alone. */
    const lines = ({ label, about, side }) => `{name|${plain(label)}}\n{about|${plain(isNarrow() ? side : about)}}`;
    return {
      height: 50 + 42 * data.rows.length,
      grid: grid(),
      xAxis: numbers(data, { min: 0, max: 1, axisLabel: { formatter: percent(data) } }),
      yAxis: [names(data, data.rows.map((row) => row.label), { axisLabel: { width: null, overflow: "none", formatter: (_, place) => lines(data.rows[place]),
        rich: { name: { color: INK, fontWeight: 600, lineHeight: 17, fontSize: isNarrow() ? 11 : 12 }, about: { color: QUIET, fontSize: 11, lineHeight: 15 } } } }), ...(isNarrow() ? [] : [sides(data)])],
      tooltip: { formatter: ({ dataIndex }) => { const row = data.rows[dataIndex]; return `${row.label} · ${row.side}\n${row.said}`; } },
      series: [
        { type: "custom", data: data.rows.map((row, place) => [row.low, row.high, place]), encode: { x: [0, 1], y: 2 },
          renderItem: (_, api) => { const [x1, y] = api.coord([api.value(0), api.value(2)]), [x2] = api.coord([api.value(1), api.value(2)]);
            const line = (a, b, c, d, width) => ({ type: "line", shape: { x1: a, y1: b, x2: c, y2: d }, style: { stroke: ACCENT, lineWidth: width } });
            return { type: "group", children: [line(x1, y, x2, y, 3), line(x1, y - 6, x1, y + 6, 2), line(x2, y - 6, x2, y + 6, 2)] }; } },
        { type: "scatter", symbolSize: 14, data: data.rows.map((row, place) => ({ value: [row.share, place], symbol: SYMBOLS[row.band], itemStyle: { color: BANDS[row.band], borderColor: "#fff", borderWidth: 1.5 } })) },
      ],
    };
  };

  const distribution = (data) => ({
    height: 110 + (isNarrow() ? 60 : 0) + 46 * data.rows.length,
    grid: grid({ top: isNarrow() ? 130 : 74 }),
    aria: { enabled: true, decal: { show: true, decals: DECALS } },
    legend: { top: 0, left: 0, right: 0, data: data.bins.filter((_, bin) => bin !== data.open || data.rows.some(({ parts }) => parts[bin])), itemWidth: 26, itemHeight: 14, textStyle: { color: INK }, itemStyle: { borderColor: INK, borderWidth: 1 } },
    xAxis: numbers(data, { max: 1, axisLabel: { formatter: percent(data) } }),
    yAxis: [names(data, data.rows.map((row) => row.label)), { ...sides(data), name: data.rows.some((row) => row.side) ? data.words.side : "", nameLocation: "start",
      nameTextStyle: { color: QUIET, align: data.rtl ? "left" : "right", fontSize: 11 } }],
    tooltip: { formatter: ({ seriesName, dataIndex, seriesIndex }) => `${data.rows[dataIndex].label}\n${seriesName}: ${data.rows[dataIndex].said[seriesIndex]}` },
    series: data.bins.map((name, bin) => ({ name, type: "bar", stack: "all", barWidth: 24,
      itemStyle: { color: bin === data.open ? NOT_SHOWN : LADDER[bin], borderColor: INK, borderWidth: 1 },
      data: data.rows.map(({ parts }) => parts[bin]) })),
  });
  const DECALS = [
    { symbol: "none" },
    { symbol: "circle", symbolSize: 0.35, dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], color: "rgba(0,0,0,.4)" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 7], rotation: Math.PI / 4, color: "rgba(0,0,0,.35)" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 5], rotation: -Math.PI / 4, color: "rgba(255,255,255,.65)" },
    { symbol: "rect", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], color: "rgba(255,255,255,.35)" },
    { symbol: "none" },
  ];

  const strip = (data) => ({
    height: 70 + 44 * data.labels.length,
    grid: grid({ top: 28, bottom: 26 }),
    xAxis: numbers(data, { min: 0, max: ({ max }) => Math.max(2, Math.ceil(max * 1.2)), minInterval: 1, name: data.words.axis, nameLocation: "middle", nameGap: 26, nameTextStyle: { color: QUIET } }),
    yAxis: names(data, data.labels),
    tooltip: { formatter: ({ dataIndex, seriesType }) => (seriesType === "scatter" ? data.rows[dataIndex].said : data.words.zero) },
    series: [{ type: "scatter", symbolSize: 13, clip: false, labelLayout: { hideOverlap: true },
      label: { show: !isNarrow() && data.rows.length <= 30, position: data.rtl ? "left" : "right", color: INK, fontSize: 11, formatter: ({ dataIndex }) => plain(data.rows[dataIndex].name) },
      data: data.rows.map(({ at, beside, band }) => ({ value: at, symbolOffset: [0, beside ? (beside % 2 ? -1 : 1) * Math.ceil(beside / 2) * 9 : 0],
        symbol: SYMBOLS[band] || "circle", itemStyle: { color: BANDS[band] || ACCENT, borderColor: "#fff", borderWidth: 1, opacity: 0.9 } })),
      markLine: { silent: true, symbol: "none", label: { formatter: data.words.zero, color: ZERO, position: "start", align: data.rtl ? "right" : "left" }, lineStyle: { color: ZERO, width: 3, type: "solid" }, data: [{ xAxis: 0 }] } }],
  });

  /* Money goes the way that the page is read: in Arabic from the right to the left. */
  const sankey = (data) => {
    const isStart = (node) => (node.side === "source") !== data.rtl, side = room(0.27, 210);
    const rows = Math.max(...["source", "target"].map((end) => data.nodes.filter((node) => node.side === end).length));
    return {
      height: 40 + 64 * Math.max(2, rows),
      tooltip: { formatter: ({ data: link, name }) => (link.source ? `${data.rtl ? link.target : link.source} → ${data.rtl ? link.source : link.target}\n${link.said}` : name) },
      series: [{ type: "sankey", left: side, right: side, top: 20, bottom: 20, nodeGap: 40, nodeWidth: 14, draggable: false, layoutIterations: 0,
        lineStyle: { color: data.rtl ? "target" : "source", opacity: 0.4 }, emphasis: { focus: "adjacency" },
        data: data.nodes.map((node, place) => ({ name: node.name, itemStyle: { color: node.side === "source" ? FLOWS[place % FLOWS.length] : INK },
          label: { position: isStart(node) ? "left" : "right", color: INK, lineHeight: 16, formatter: `{name|${plain(node.name)}}\n{said|${plain(node.said)}}`,
            rich: { name: { color: INK, width: side - 12, overflow: "break", lineHeight: 16 }, said: { color: QUIET, lineHeight: 15 } } } })),
        links: data.links.map((link) => (data.rtl ? { ...link, source: link.target, target: link.source } : link)) }],
    };
  };

  const heat = (data) => ({
    height: 80 + 44 * data.stages.length + (isNarrow() ? 80 : 0),
    grid: grid(),
    xAxis: { type: "category", data: data.actors, inverse: data.rtl, axisTick: { show: false },
      axisLabel: { color: INK, interval: 0, width: isNarrow() ? 130 : 84, fontSize: 11, lineHeight: 14, overflow: "break", rotate: isNarrow() ? 90 : 0 } },
    yAxis: names(data, data.stages),
    visualMap: { min: 0, max: 1, show: false, inRange: { color: ["#ffffff", "#9cc6c7", "#14505c"] } },  // each cell has its number
    tooltip: { formatter: ({ dataIndex, value }) => `${data.stages[value[1]]} · ${data.actors[value[0]]}\n${data.rows[dataIndex].said} ${data.rows[dataIndex].label}` },
    series: [{ type: "heatmap", data: data.rows.map((row) => row.at), itemStyle: { borderColor: LINE, borderWidth: 1 },
      label: { show: true, fontSize: isNarrow() ? 9 : 12, formatter: ({ dataIndex }) => (isNarrow() ? data.rows[dataIndex].said.replace("\u00a0%", "") : data.rows[dataIndex].said) } }],
  });
  const change = (data) => ({
    height: 50 + (isNarrow() ? 70 : 40) * data.rows.length,
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
      { name: data.words.before, type: "scatter", symbolSize: 13, itemStyle: { color: "#fff", borderColor: INK, borderWidth: 2 }, data: data.rows.map((row, place) => [row.before, place]) },
      { name: data.words.after, type: "scatter", symbolSize: 14, itemStyle: { color: INK },
        data: data.rows.map((row, place) => ({ value: [row.after, place], itemStyle: { color: { worse: BANDS.critical, better: BANDS.lower }[row.trend] || QUIET } })) },
    ],
  });
  const draw = { whisker, distribution, strip, sankey, heat, change };

  /* No cell may become a formula in a spreadsheet. */
  const cell = (text) => `"${(/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" : "") + String(text).replaceAll('"', '""')}"`;
  const csv = (data) => "\ufeff" + [data.heads, ...data.table].map((row) => row.map((value) => cell(String(value))).join(",")).join("\r\n");

  for (const figure of document.querySelectorAll("figure.chart")) {
    const data = JSON.parse(figure.querySelector("script").textContent);
    const canvas = figure.querySelector(".chart-canvas"), files = figure.querySelector(".chart-files");
    canvas.hidden = files.hidden = false;
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    const show = () => {
      const { height, tooltip, ...option } = draw[data.kind](data);
      chart.resize({ height });
      chart.setOption({ animation: false, backgroundColor: "#fff", textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        tooltip: { renderMode: "richText", confine: true, ...tooltip }, ...option }, true);
    };
    show();
    addEventListener("resize", show);
    files.querySelector(".chart-png").addEventListener("click", (event) => { event.currentTarget.href = chart.getDataURL({ pixelRatio: 2, backgroundColor: "#fff" }); });
    files.querySelector(".chart-csv").addEventListener("click", (event) => { event.currentTarget.href = URL.createObjectURL(new Blob([csv(data)], { type: "text/csv" })); });
  }
})();
