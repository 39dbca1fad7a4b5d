// Charts from the page's data, drawn by Observable Plot in the width that there is.
"use strict";
const charts = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const FONT = 13;
  const style = { fontSize: `${FONT}px`, fontFamily: "inherit", overflow: "visible" };

  // A name in the room there is: Chinese characters are one em wide, others about half.
  const widthOf = (name) => [...name].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 1 : 0.56), 0) * FONT;
  function shorten(name, room) {
    if (widthOf(name) <= room) return name;
    const letters = [...name];
    while (letters.length > 1 && widthOf(letters.join("") + "…") > room) letters.pop();
    return letters.join("") + "…";
  }
  function roomFor(names, width) {
    return Math.min(Math.max(...names.map(widthOf), 0) + 20, width * 0.45);
  }

  // A picture with its content as its name: its parts need none.
  function named(svg, text) {
    svg.querySelectorAll("[aria-label]").forEach((part) => part.removeAttribute("aria-label"));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", text);
    return svg;
  }

  // The parts of each name, one after the other, in the colours that the place asks for; the total behind them.
  function bars(rows, width, { fills }) {
    const names = rows.map((row) => row.name || "—");
    const room = roomFor(names, width);
    const colors = fills.split(" ").map(css);
    const parts = rows.flatMap((row, place) => row.parts.map((count, kind) => ({ name: names[place], kind, count })));
    const total = (row) => row.parts.reduce((sum, count) => sum + count, 0);
    const most = Math.max(...rows.map(total));
    const fits = ({ count }) => (count / most) * (width - room - 40) > String(count).length * 8 + 4;
    const stacked = { x: "count", y: "name", order: "kind" };
    const svg = Plot.plot({
      width, style, marginLeft: room, marginRight: 40, marginTop: 0, marginBottom: 0, height: rows.length * 22,
      x: { axis: null, domain: [0, most] }, y: { domain: names, label: null, padding: 0.2 },
      marks: [
        Plot.barX(parts, Plot.stackX({ ...stacked, fill: (part) => colors[part.kind] })),
        Plot.text(parts, Plot.stackX({ ...stacked, text: (part) => (fits(part) ? String(part.count) : ""), fill: css("--ink") })),
        Plot.axisY({ label: null, tickSize: 0, tickFormat: (name) => shorten(name, room - 10), fill: css("--ink") }),
        Plot.text(rows, { x: total, y: (_, place) => names[place], textAnchor: "start", dx: 6, text: (row) => (row.parts.filter(Boolean).length > 1 ? String(total(row)) : ""), fill: css("--muted") }),
      ],
    });
    return named(svg, rows.map((row, place) => `${names[place]}: ${row.parts.join(" + ")}`).join("; "));
  }

  // Two values of each indicator, every line from 0 to the larger of the two, so that all units fit one chart.
  function dumbbells(rows, width) {
    const keys = rows.map((_, place) => place);
    const isNarrow = width < 560;
    const room = isNarrow ? 10 : roomFor(rows.map((row) => row.name), width);
    const valueRoom = Math.max(...rows.map((row) => widthOf(row.says)), 0) + 16;
    const share = (row, side) => row[side] / (Math.max(row.a, row.b) || 1);
    const color = (row) => css(`--${row.direction}`);
    const height = isNarrow ? 44 : 26;
    const svg = Plot.plot({
      width, style, marginLeft: room, marginRight: valueRoom, marginTop: 0, marginBottom: 0, height: rows.length * height,
      x: { domain: [0, 1], axis: null }, y: { type: "point", domain: keys, axis: null, padding: 0.5 },
      marks: [
        Plot.ruleY(rows, { y: (_, place) => place, x1: 0, x2: 1, stroke: css("--line") }),
        Plot.link(rows, {
          x1: (row) => share(row, "a"), x2: (row) => share(row, "b"), y: (_, place) => place, stroke: color, strokeWidth: 3,
        }),
        Plot.dot(rows, { x: (row) => share(row, "a"), y: (_, place) => place, r: 4.5, fill: css("--paper"), stroke: color, strokeWidth: 2 }),
        Plot.dot(rows, { x: (row) => share(row, "b"), y: (_, place) => place, r: 5, fill: color }),
        Plot.text(rows, { x: 1, y: (_, place) => place, dx: 12, textAnchor: "start", text: "says", fill: css("--ink") }),
        Plot.text(rows, {
          x: 0, y: (_, place) => place, fill: css("--ink"),
          ...(isNarrow
            ? { dy: -14, dx: -6, textAnchor: "start", text: (row) => shorten(row.name, width - 20) }
            : { dx: -10, textAnchor: "end", text: (row) => shorten(row.name, room - 18) }),
        }),
      ],
    });
    return named(svg, rows.map((row) => `${row.name}: ${row.says}`).join("; "));
  }

  const kinds = { bars, dumbbells };
  function draw(place) {
    const rows = place.dataset.of.split("/").reduce((found, key) => found[key], data);
    const width = Math.floor(place.clientWidth);
    if (width > 0 && rows.length) place.replaceChildren(kinds[place.dataset.chart](rows, width, place.dataset));
  }

  const observer = new ResizeObserver((entries) => requestAnimationFrame(() => entries.forEach((entry) => {
    const width = Math.floor(entry.contentRect.width);
    if (width > 0 && width !== Number(entry.target.dataset.width)) {
      entry.target.dataset.width = width;
      draw(entry.target);
    }
  })));
  document.querySelectorAll(".chart").forEach((place) => observer.observe(place));
})();
