// Tabs, sorting, filters, and the way from a row to its place in the text and back. Everything stands in the page already.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  // Languages
  function speak(language) {
    root.dataset.ui = language;
    root.lang = language === "zh" ? "zh-Hans" : "en";
    all("[data-language]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.language === language));
  }
  all("[data-language]").forEach((button) => button.addEventListener("click", () => speak(button.dataset.language)));
  speak(root.dataset.ui);

  // What a cell says in the language chosen, shown or not
  const wordsOf = (cell) => (cell.querySelector(`.t[lang^="${root.dataset.ui}"]`) ?? cell).textContent.trim();
  const summaryOf = (row) => [...(row.cells ?? row.children)].map(wordsOf).filter(Boolean).slice(0, 6).join(" · ");

  // Tabs
  const tabs = all("[role=tab]");
  function openTab(tab, focus = false) {
    tabs.forEach((other) => {
      other.setAttribute("aria-selected", other === tab);
      other.tabIndex = other === tab ? 0 : -1;
      byId(other.getAttribute("aria-controls")).classList.toggle("on", other === tab);
    });
    if (focus) tab.focus();
  }
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => openTab(tab));
    tab.addEventListener("keydown", (event) => {
      const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key];
      if (next !== undefined) {
        event.preventDefault();
        openTab(tabs.at(next % tabs.length), true);
      }
    });
  });

  // Tables: sorting and filters
  const collator = new Intl.Collator("zh-Hans", { numeric: true });
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  function sortBy(table, column) {
    const heading = table.tHead.rows[0].cells[column];
    const isDown = heading.getAttribute("aria-sort") === "ascending";
    const keys = new Map([...table.tBodies[0].rows].map((row) => {
      const cell = row.cells[column];
      const number = parseFloat(cell.dataset.sort);
      return [row, { text: wordsOf(cell), number, isNumber: !Number.isNaN(number) }];
    }));
    const order = ([, a], [, b]) => {
      if (!a.text !== !b.text) return a.text ? -1 : 1; // what says nothing comes last, whichever way
      if (a.isNumber !== b.isNumber) return a.isNumber ? -1 : 1;
      const found = a.isNumber ? a.number - b.number : collator.compare(a.text, b.text);
      return isDown ? -found : found;
    };
    all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    table.tBodies[0].append(...[...keys].sort(order).map(([row]) => row));
    keepOneStop(table);
  }

  function filter(panel) {
    const words = plain(panel.querySelector("input[type=search]").value).split(/\s+/).filter(Boolean);
    const chosen = all("select", panel).filter((select) => select.value);
    let count = 0;
    for (const row of panel.querySelector("tbody").rows) {
      const text = words.length ? plain(row.textContent) : "";
      row.hidden = !(
        words.every((word) => text.includes(word)) &&
        chosen.every((select) => row.cells[select.dataset.column].dataset.choice.split("、").includes(select.value))
      );
      count += !row.hidden;
    }
    const shown = panel.querySelector(".shown");
    shown.value = count < shown.dataset.all ? `${count} / ${shown.dataset.all}` : shown.dataset.all;
    keepOneStop(panel.querySelector("table"));
  }

  // One row of a table is a tab stop; the arrow keys go on from there.
  function keepOneStop(table, current = null) {
    const links = all(".row:not([hidden]) .place", table);
    const stop = current ?? links.find((link) => link.tabIndex === 0) ?? links[0];
    all(".place[tabindex='0']", table).forEach((link) => (link.tabIndex = -1));
    if (stop) stop.tabIndex = 0;
    return links;
  }

  all(".panel").filter((panel) => panel.querySelector(".filters")).forEach((panel) => {
    const table = panel.querySelector("table");
    all("thead button", table).forEach((button, column) => button.addEventListener("click", () => sortBy(table, column)));
    panel.querySelector("input[type=search]").addEventListener("input", () => filter(panel));
    all("select", panel).forEach((select) => select.addEventListener("change", () => filter(panel)));
    table.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !event.target.matches(".place")) return;
      event.preventDefault();
      const links = keepOneStop(table, event.target);
      const next = links[links.indexOf(event.target) + step];
      if (next) {
        keepOneStop(table, next);
        next.focus();
      }
    });
  });

  // Pieces of the texts, by text and in order of where they start
  const texts = all(".text").map((text) => {
    const pieces = all("p [id]", text);
    return { pieces, starts: pieces.map((piece) => Number(piece.id.split("-")[1])) };
  });
  function firstAt({ starts }, place) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  // The pieces of every place of a row, a list for each place.
  function piecesOf(row) {
    return row.dataset.at.split(" ").map((at) => {
      const [text, start, end] = at.split("-").map(Number);
      return texts[text].pieces.slice(firstAt(texts[text], start), firstAt(texts[text], end));
    });
  }
  const rowsOf = (mark) => mark.dataset.rows.split(" ").map((number) => byId(`r${number}`)).filter(Boolean);

  const lights = { lit: [], near: [] };
  function light(name, elements) {
    lights[name].forEach((element) => element.classList.remove(name));
    elements.forEach((element) => element.classList.add(name));
    lights[name] = elements;
  }
  function say(row) {
    byId("said").textContent = summaryOf(row);
  }

  let cameFrom = null; // the link or mark to go back to
  const isNarrow = matchMedia("(max-width: 899px)");

  function showPlace(row, { focus = false } = {}) {
    const places = piecesOf(row).filter((pieces) => pieces.length);
    if (!places.length) return;
    light("lit", [row, ...places.flat()]);
    cameFrom = row.querySelector(".place");
    const table = row.closest("table");
    if (table) keepOneStop(table, cameFrom);
    byId("back").hidden = false;
    places.slice().reverse().forEach(([first]) => first.scrollIntoView({ block: "center" }));
    if (focus) {
      const target = places[0][0].closest("a") ?? places[0][0];
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
    say(row);
  }

  function showRow(mark, { focus = false } = {}) {
    const rows = rowsOf(mark);
    if (!rows.length) return;
    const [row] = rows;
    const panel = row.closest(".panel");
    if (panel) {
      openTab(tabs.find((tab) => tab.getAttribute("aria-controls") === panel.id));
      if (rows.some((one) => one.hidden)) {
        panel.querySelector("input[type=search]").value = "";
        all("select", panel).forEach((select) => (select.value = ""));
        filter(panel);
      }
    }
    light("lit", [...rows, ...rows.filter((one) => one.dataset.at).flatMap(piecesOf).flat()]);
    cameFrom = mark;
    byId("back").hidden = false;
    row.scrollIntoView({ block: "center" });
    const link = row.querySelector(".place");
    if (link && panel) keepOneStop(row.closest("table"), link);
    if (link && focus) link.focus({ preventScroll: true });
    say(row);
  }

  function goBack() {
    if (!cameFrom) return;
    const target = cameFrom;
    cameFrom = null;
    byId("back").hidden = true;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }
  byId("back").addEventListener("click", goBack);

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-rows]");
    const row = event.target.closest(".row[data-at]");
    const byKey = event.detail === 0; // Enter, or what a screen reader does
    if (mark) {
      event.preventDefault();
      showRow(mark, { focus: byKey });
    } else if (row && getSelection().isCollapsed) {
      event.preventDefault();
      showPlace(row, { focus: byKey });
    }
  });
  document.addEventListener("mouseover", (event) => {
    const mark = event.target.closest(".text a.m");
    const row = event.target.closest(".row[data-at]");
    if (isNarrow.matches) return;
    if (mark) {
      light("near", rowsOf(mark));
      mark.title = rowsOf(mark).slice(0, 5).map(summaryOf).join("\n");
    }
    else if (row) light("near", piecesOf(row).flat());
    else light("near", []);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.target.matches("input, select")) goBack();
  });

  // From mark to mark with the arrow keys
  const hiddenKinds = new Set();
  all(".text").forEach((text) => text.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const marks = all("a.m", text).filter((mark) => mark.dataset.kinds.split(" ").some((kind) => !hiddenKinds.has(kind)));
    const top = text.getBoundingClientRect().top;
    const place = marks.indexOf(document.activeElement);
    const next = place >= 0 ? marks[place + step] : marks.find((mark) => mark.getBoundingClientRect().top >= top);
    next?.focus();
  }));
  all(".legend input").forEach((box) => box.addEventListener("change", () => {
    root.classList.toggle(`hide-${box.value}`, !box.checked);
    hiddenKinds[box.checked ? "delete" : "add"](box.value);
  }));

  // Paper has no fold-outs.
  addEventListener("beforeprint", () => all("details").forEach((fold) => (fold.open = true)));

  // A link to a row or a place, sent by someone
  const linked = byId(decodeURIComponent(location.hash.slice(1)));
  if (linked?.matches(".row[data-at]")) {
    const panel = linked.closest(".panel");
    if (panel) openTab(tabs.find((tab) => tab.getAttribute("aria-controls") === panel.id));
    linked.scrollIntoView({ block: "center" });
    showPlace(linked);
  } else if (linked?.closest(".text a.m")) showRow(linked.closest("a.m"));
})();
