/* Draws the pictures of the review door with ECharts from the JSON beside each. Nothing here computes a figure.
   Tooltips are rich text on the canvas: the page's policy allows no inline styles. Colours differ in lightness too, and
   patterns (decal) tell parts apart in grey print. */
"use strict";
(() => {
  const INK = "#1a2325", QUIET = "#4f5b59", LINE = "#d6dcd9", ACCENT = "#14505c";
  const BANDS = { critical: "#7a1022", high: "#b3361b", elevated: "#b07a00", lower: "#2c8455", not_enough_information: "#6c7875" };
  const SYMBOLS = { critical: "triangle", high: "diamond", elevated: "rect", lower: "circle", not_enough_information: "emptyCircle" };
  const LADDER = ["#e8f1f0", "#f6dfa4", "#e0a93f", "#c4762a", "#93391f", "#5f1018"];
  const percent = (value) => `${Math.round(value * 100)} %`;
  const numbers = (data) => ({ type: "value", inverse: data.rtl, axisLabel: { color: QUIET }, splitLine: { lineStyle: { color: LINE } } });
  const names = (data, labels) => ({ type: "category", data: labels, inverse: true, position: data.rtl ? "right" : "left",
    axisLabel: { color: INK, width: Math.min(220, innerWidth / 3), lineHeight: 16, overflow: "break", interval: 0 }, axisTick: { show: false } });
  const grid = (data) => ({ left: 12, right: 24, top: 12, bottom: 36, containLabel: true });

  const draw = {
    whisker: (data) => ({
      height: 60 + 26 * data.rows.length,
      grid: grid(data),
      xAxis: { ...numbers(data), min: 0, max: 1, axisLabel: { color: QUIET, formatter: percent } },
      yAxis: names(data, data.rows.map((row) => row.label)),
      tooltip: { formatter: ({ dataIndex }) => { const row = data.rows[dataIndex]; return `${row.label}\n${percent(row.low)} – ${percent(row.high)}`; } },
      series: [
        { type: "custom", data: data.rows.map((row, place) => [row.low, row.high, place]), encode: { x: [0, 1], y: 2 },
          renderItem: (_, api) => { const [x1, y] = api.coord([api.value(0), api.value(2)]), [x2] = api.coord([api.value(1), api.value(2)]);
            const line = (a, b, c, d, width) => ({ type: "line", shape: { x1: a, y1: b, x2: c, y2: d }, style: { stroke: ACCENT, lineWidth: width } });
            return { type: "group", children: [line(x1, y, x2, y, 2), line(x1, y - 5, x1, y + 5, 2), line(x2, y - 5, x2, y + 5, 2)] }; } },
        { type: "scatter", symbolSize: 12, data: data.rows.map((row, place) => ({ value: [row.share, place], symbol: SYMBOLS[row.band], itemStyle: { color: BANDS[row.band], borderColor: "#fff", borderWidth: 1 } })) },
      ],
    }),
    distribution: (data) => ({
      height: 150 + 52 * data.rows.length,
      grid: { ...grid(data), top: 70 },
      aria: { enabled: true, decal: { show: true } },
      legend: { top: 0, textStyle: { color: INK } },
      xAxis: { ...numbers(data), max: 1, axisLabel: { color: QUIET, formatter: percent } },
      yAxis: names(data, data.rows.map((row) => row.label)),
      tooltip: { formatter: ({ seriesName, dataIndex, seriesIndex }) => `${data.rows[dataIndex].label}\n${seriesName}: ${data.rows[dataIndex].counts[seriesIndex]} ${data.words.workers}` },
      series: data.bins.map((name, bin) => ({ name, type: "bar", stack: "all", barWidth: 22, itemStyle: { color: LADDER[Math.min(bin, LADDER.length - 1)], borderColor: "#fff", borderWidth: 1 },
        data: data.rows.map(({ counts }) => (counts[bin] || 0) / counts.reduce((sum, count) => sum + count, 0)) })),
    }),
    sankey: (data) => ({
      height: 80 + 70 * Math.max(2, new Set(data.links.map((link) => link.target)).size),
      tooltip: { formatter: ({ data: link, name }) => (link.source ? `${link.source} → ${link.target}\n${link.value} ${data.words.months}` : name) },
      series: [{ type: "sankey", left: 130, right: 200, top: 12, bottom: 12, nodeGap: 16, draggable: false, label: { color: INK, width: 180, overflow: "break", position: data.rtl ? "left" : "right" },
        lineStyle: { color: "source", opacity: 0.35 }, emphasis: { focus: "adjacency" },
        data: [...new Set(data.links.flatMap((link) => [link.source, link.target]))].map((name, place) => ({ name, itemStyle: { color: [ACCENT, "#b07a00", "#7a1022", "#4f5b59", "#2c8455"][place % 5] } })), links: data.links }],
    }),
    heat: (data) => ({
      height: 130 + 44 * data.stages.length,
      grid: { ...grid(data), bottom: 70 },
      xAxis: { type: "category", data: data.actors, inverse: data.rtl, axisLabel: { color: INK, interval: 0, width: 90, overflow: "break" } },
      yAxis: names(data, data.stages),
      visualMap: { min: 0, max: 1, orient: "horizontal", left: "center", bottom: 0, itemHeight: 80, formatter: percent, inRange: { color: ["#ffffff", "#9cc6c7", "#14505c"] }, textStyle: { color: INK } },
      tooltip: { formatter: ({ value }) => `${data.stages[value[1]]} · ${data.actors[value[0]]}\n${percent(value[2])}` },
      series: [{ type: "heatmap", data: data.rows, itemStyle: { borderColor: LINE, borderWidth: 1 }, label: { show: true, formatter: ({ value }) => percent(value[2]) } }],
    }),
  };

  /* No cell may become a formula in a spreadsheet. */
  const cell = (text) => `"${(/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" : "") + String(text).replaceAll('"', '""')}"`;
  const csv = (data) => "\ufeff" + [data.heads, ...data.table].map((row) => row.map((value) => cell(String(value))).join(",")).join("\r\n");

  for (const figure of document.querySelectorAll("figure.chart")) {
    const data = JSON.parse(figure.querySelector("script").textContent);
    const canvas = figure.querySelector(".chart-canvas"), files = figure.querySelector(".chart-files");
    const { height, tooltip, ...option } = draw[data.kind](data);
    canvas.hidden = files.hidden = false;
    const chart = echarts.init(canvas, null, { renderer: "canvas", height });
    chart.setOption({ animation: false, backgroundColor: "#fff", textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { renderMode: "richText", confine: true, ...tooltip }, ...option });
    addEventListener("resize", () => chart.resize());
    files.querySelector(".chart-png").addEventListener("click", (event) => { event.currentTarget.href = chart.getDataURL({ pixelRatio: 2, backgroundColor: "#fff" }); });
    files.querySelector(".chart-csv").addEventListener("click", (event) => { event.currentTarget.href = URL.createObjectURL(new Blob([csv(data)], { type: "text/csv" })); });
  }
})();
