/* The data sheet: joins the grid, the queue, the menu of reasons and the panel. Without this file the sheet is a table to read,
   and each unit has a form of its own. */
(function () {
  "use strict";

  const { Cells, Edges, Grid, Panel, Paste, Queue, Reasons, Warnings, drawLine, token } = window.pipSheet;
  const table = document.querySelector("table.sheet");
  const words = JSON.parse(table.dataset.words);
  const cells = new Cells(table, words);
  const saves = document.querySelector(".saves");
  const said = document.getElementById("sheet-said");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  let restTimer;

  function say(text) { said.textContent = text; }

  /* Drawing waits while its cell is being typed in. */
  function paint(td, draw) {
    if (grid.input && td === grid.current) grid.after = draw;
    else draw();
  }

  function drawHeld(key, item) {
    const td = cells.find(key);
    if (!td || item.explanation !== undefined) return;
    const text = item.missing ? words.reasons[item.missing] : cells.word(td, item.text);
    paint(td, () => {
      if (item.state === "clash") cells.drawClash(td, text, item.theirs);
      else if (item.state === "refused") cells.draw(td, "error", text);
      else cells.draw(td, queue.line === "ok" ? "saving" : "queued", text);
      td.dataset.t = item.missing ? "" : item.text;
    });
  }

  function drawSaved(key, cell) {
    const td = cells.find(key);
    if (td && !queue.get(key)) paint(td, () => cells.draw(td, cell.state, cell.text, cell));
    else if (td) td.dataset.s = cell.stamp;
  }

  function onSaved(answer) {
    Object.entries(answer.saved).forEach(([key, cell]) => drawSaved(key, cell));
    Object.entries(answer.touched).forEach(([key, cell]) => drawSaved(key, cell));
    for (const [row, text] of Object.entries(answer.rows)) {
      const tr = cells.rowOf.get(row);
      if (!tr) continue;
      tr.querySelector("th small").textContent = text;
      for (const td of tr.querySelectorAll(".c-error, .c-warn, .c-told")) { // no check names it any more
        const key = cells.key(td);
        if (!queue.get(key) && !answer.touched[key] && !answer.saved[key]) paint(td, () => cells.draw(td, td.classList.contains("c-shut") ? "locked" : "saved", cells.text(td)));
      }
    }
    clearTimeout(restTimer);
    restTimer = setTimeout(refreshTotals, 1200);
    saves.textContent = fill(words.saved, { at: answer.at });
    if (answer.said.length) say(answer.said.join(" "));
    Object.keys(answer.saved).forEach((key) => paste.settle(key));
    panel.refresh();
  }

  /* Counts and totals of the whole network: asked for when typing rests, so that no cell waits for them. */
  async function refreshTotals() {
    const address = new URL(window.location.href);
    address.searchParams.set("totals", "1");
    const response = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (!response || !response.ok) return;
    const news = await response.json();
    document.getElementById("sheet-facts").innerHTML = news.facts;
    for (const [code, text] of Object.entries(news.totals)) {
      const td = table.tFoot.rows[0].cells[cells.codes.indexOf(code)];
      if (td) td.textContent = text;
    }
    for (const [code, count] of Object.entries(news.notes)) {
      const spot = document.querySelector(`[data-notes="${code}"]`);
      if (spot) { spot.textContent = count; spot.parentNode.hidden = !count; }
    }
    for (const [code, text] of Object.entries(news.tabs)) {
      const small = document.querySelector(`[data-tab="${code}"]`);
      if (small) small.textContent = text;
    }
  }

  function onHeld(key, item) {
    const message = item.state === "clash" ? fill(words.clash, item.theirs) : item.message;
    drawHeld(key, item);
    say(message);
    paste.settle(key, message);
    panel.refresh();
  }

  function onLine(state, message) {
    const count = queue.waiting().length;
    drawLine(state, message, count);
    if (state !== "ok") queue.waiting().forEach(([key, item]) => drawHeld(key, item));
    if (count) saves.textContent = fill(words.waiting, { n: count });
  }

  function change(key, made) {
    const td = cells.find(key);
    const held = queue.get(key);
    const stamp = Number((td && td.dataset.s) || 0);
    const before = held ? held.before : td && { state: cells.state(td), text: cells.shown(td), stamp };
    const item = { ...made, stamp, before };
    if (made.explanation !== undefined && held) Object.assign(item, { text: held.text, missing: held.missing });
    queue.put(key, item);
    if (td) drawHeld(key, queue.get(key));
    if (td && cells.isChoice(td) && made.explanation === undefined) say(`${cells.name(td)}: ${made.missing ? words.reasons[made.missing] : cells.word(td, made.text) || words.states.empty}`);
  }

  function heldChoice(key, take) {
    const item = queue.get(key);
    const td = cells.find(key);
    if (!item) return;
    if (take === "mine") {
      queue.drop(key);
      queue.put(key, { text: item.text, missing: item.missing, stamp: item.theirs.stamp, before: item.theirs });
      drawHeld(key, queue.get(key));
    } else if (take.startsWith("reading")) {
      queue.drop(key);
      queue.put(key, { text: item.readings[Number(take.slice(-1))], missing: "", stamp: item.stamp, before: item.before });
      drawHeld(key, queue.get(key));
    } else { // theirs, or what the portal holds
      queue.drop(key);
      const cell = item.theirs || item.before;
      if (td && cell) cells.draw(td, cell.state, cell.text, cell);
    }
    panel.refresh();
    if (td) td.focus();
  }

  const queue = new Queue({
    url: table.dataset.save, prefix: table.dataset.queue, catalogue: table.dataset.catalogue, token, onSaved, onHeld, onLine,
  });
  const choose = (td, made) => change(cells.key(td), made);
  const reasons = new Reasons(document.querySelector(".reasons"), choose);
  const answers = new Reasons(document.querySelector(".answers"), choose);
  const holds = (td) => ({ reason, answer }) => cells.state(td) !== "empty" && cells.shown(td) === (reason ? words.reasons[reason] : words.answers[answer]);
  const panel = new Panel({
    box: document.getElementById("cell-panel"), url: table.dataset.panel, token,
    held: (key) => queue.get(key), onChange: change, onExplain: (key, text) => warnings.explain(key, text),
    onDrawn: (key) => warnings.offer(key, document.querySelector("#cell-panel [data-also]")), onHeldChoice: heldChoice, onPublished: refreshTotals,
  });
  const paste = new Paste({
    cells, words, say,
    dialog: document.getElementById("paste-ask"),
    box: document.getElementById("paste-said"),
    onCommit: (td, made) => change(cells.key(td), made),
    onGo: (td) => grid.select(td),
  });
  const grid = new Grid({
    cells,
    words,
    onSelect: (td) => { panel.show(td.classList.contains("c-off") ? "" : cells.key(td)); place(); },
    onCommit: (td, made) => change(cells.key(td), made),
    onReasons: (td) => reasons.open(td),
    onChoice: (td) => answers.open(td, holds(td)),
    onPaste: (td, text) => paste.start(td, text),
    onLeave: () => document.getElementById("cell-panel").focus(),
  });

  const warnings = new Warnings({
    cells, grid, panel, words, held: (key) => queue.get(key), onExplain: change,
    say: (text) => { say(text); saves.textContent = text; },
  });

  /* One card per unit on a narrow screen. */
  function place() {
    const spot = document.querySelector("[data-place]");
    spot.textContent = fill(words.place, { n: cells.place(grid.current)[0] + 1, all: cells.rows.length });
  }

  document.querySelector(".firm-nav").addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const [row, column] = cells.place(grid.current);
    const td = cells.at(row + Number(button.dataset.step), column);
    if (td) { grid.mark(td); grid.onSelect(td); }
  });
  document.getElementById("cell-panel").addEventListener("keydown", (event) => {
    if (event.key === "F6" || event.key === "Escape") { event.preventDefault(); grid.current.focus(); }
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-again]")) queue.flush(); });
  document.addEventListener("pip:sent", () => { panel.refresh(); refreshTotals(); }); // after a sign-in

  table.setAttribute("role", "grid");
  table.classList.add("is-live");
  const wanted = decodeURIComponent(window.location.hash.slice(1));
  const found = cells.find(wanted);
  grid.start(found || cells.find(table.dataset.first || ""));
  if (found || wanted === "grid") grid.select(grid.current);
  else panel.show(cells.key(grid.current));
  document.querySelector("[href='#grid'].skip").addEventListener("click", (event) => {
    event.preventDefault();
    grid.select(grid.current);
  });
  new Edges(document.querySelector(".grid-frame"), words);
  place();
  queue.items.forEach((item, key) => drawHeld(key, item));
  if (table.dataset.open === "1") queue.flush();
  else if (queue.items.size) onLine("closed", words.shut); // typed before the sheet was closed: kept, and said
}());
