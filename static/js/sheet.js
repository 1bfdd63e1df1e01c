/* The data sheet: joins the grid, the queue, the menu of reasons and the panel. Without this file the sheet is a table to read,
   and each unit has a form of its own. */
(function () {
  "use strict";

  const {
    Block, Cells, Edges, Edits, Grid, Panel, Paste, Queue, Reasons, Selection, Shortcuts, Visitors, Warnings, drawLine, token, turn,
  } = window.pipSheet;
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
    for (const td of table.querySelectorAll("tbody .was")) if (!news.beside[cells.key(td.parentNode)]) td.remove();
    for (const [key, text] of Object.entries(news.beside)) {
      const td = cells.find(key);
      if (td) paint(td, () => cells.putBeside(td, text));
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

  /* What the portal is told of a cell. One of a page that follows has no stamp here: it names the save up to which this page was
     read, and the portal sees whether somebody wrote since. */
  function itemOf(key, made, more) {
    const td = cells.find(key);
    const held = queue.get(key);
    const stamp = Number((td && td.dataset.s) || 0);
    const before = held ? held.before : td && { state: cells.state(td), text: cells.shown(td), stamp };
    const item = { ...made, stamp, before, ...(td || more.undo ? {} : { since: Number(table.dataset.edits) }), ...more };
    if (made.explanation !== undefined && held && !more.undo) Object.assign(item, { text: held.text, missing: held.missing });
    return item;
  }

  /* Cells with what they shall hold: together one request, where they are more than one. */
  function send(changes) {
    const block = changes.length > 1 ? `${Date.now()}` : undefined;
    queue.putAll(changes.map(([key, made, more]) => [key, itemOf(key, made, { block, ...more })]));
    changes.forEach(([key]) => queue.get(key) && drawHeld(key, queue.get(key)));
  }

  /* One edit of one or more cells, which can be undone as one. */
  function edit(changes) {
    const token = edits.record(changes.map(([key, made]) => {
      const td = cells.find(key);
      const held = queue.get(key);
      const isWaiting = held && held.state === "waiting";
      const base = isWaiting ? held.edit : td ? Number(td.dataset.s || 0) : undefined;
      return { key, after: made, before: td && { missing: "", ...cells.made(cells.raw(td)) }, base };
    }));
    send(changes.map(([key, made]) => [key, made, { edit: token }]));
  }

  const change = (key, made) => edit([[key, made]]);

  function answer(td, made) {
    change(cells.key(td), made);
    if (cells.isChoice(td)) say(`${cells.name(td)}: ${made.missing ? words.reasons[made.missing] : cells.word(td, made.text) || words.states.empty}`);
  }

  /* What is still here and not in the portal is taken back by leaving it; all else by an edit. */
  function again(step, word, nothing) {
    grid.commit();
    const steps = step();
    if (!steps) { say(nothing); saves.textContent = nothing; return; }
    const isHere = ([key]) => ["refused", "clash"].includes((queue.get(key) || {}).state);
    const [here, there] = [steps.filter(isHere), steps.filter((one) => !isHere(one))];
    here.forEach(([key]) => leave(key));
    if (there.length) send(there);
    const first = steps.map(([key]) => cells.find(key)).find(Boolean);
    if (first) grid.select(first);
    say(`${fill(word, { n: steps.length })}${first ? "" : ` ${words.elsewhere}`}`);
  }

  /* Theirs, or what the portal holds, instead of what is still here. */
  function leave(key) {
    const item = queue.get(key);
    const td = cells.find(key);
    queue.drop(key);
    const cell = item.theirs || item.before;
    if (td && cell) cells.draw(td, cell.state, cell.text, cell);
  }

  function heldChoice(key, take) {
    const item = queue.get(key);
    const td = cells.find(key);
    if (!item) return;
    if (take === "mine") {
      queue.drop(key);
      queue.put(key, { text: item.text, missing: item.missing, stamp: item.theirs.stamp, before: item.theirs, edit: item.edit });
      drawHeld(key, queue.get(key));
    } else if (take.startsWith("reading")) {
      queue.drop(key);
      queue.put(key, { text: item.readings[Number(take.slice(-1))], missing: "", stamp: item.stamp, since: item.since, before: item.before, edit: item.edit });
      drawHeld(key, queue.get(key));
    } else leave(key);
    panel.refresh();
    if (td) td.focus();
  }

  const queue = new Queue({
    url: table.dataset.save, prefix: table.dataset.queue, catalogue: table.dataset.catalogue, token, onSaved, onHeld, onLine,
    onStored: (key, item, cell) => edits.saved(key, item, cell),
  });
  const edits = new Edits({ name: `${table.dataset.queue}${table.dataset.network}:edits` });
  const counted = document.querySelector("[data-selected]");
  const selection = new Selection({
    cells, words, say, onChange: (count) => { counted.textContent = count > 1 ? words.cells.replace("{n}", count) : ""; },
  });
  const block = new Block({
    cells, selection, words, say, onEdit: (pairs) => edit(pairs.map(([td, made]) => [cells.key(td), made])),
  });
  const choose = (td, made) => (selection.isMany ? block.reason(made) : answer(td, made));
  const reasons = new Reasons(document.querySelector(".reasons"), choose);
  const answers = new Reasons(document.querySelector(".answers"), choose);
  const holds = (td) => ({ reason, answer }) => cells.state(td) !== "empty" && cells.shown(td) === (reason ? words.reasons[reason] : words.answers[answer]);
  const panel = new Panel({
    box: document.getElementById("cell-panel"), url: table.dataset.panel, token,
    held: (key) => queue.get(key), onChange: change, onExplain: (key, text) => warnings.explain(key, text),
    onDrawn: (key) => warnings.offer(key, document.querySelector("#cell-panel [data-also]")), onHeldChoice: heldChoice, onPublished: refreshTotals,
  });
  const paste = new Paste({
    cells, selection, words, say,
    dialog: document.getElementById("paste-ask"),
    box: document.getElementById("paste-said"),
    onEdit: edit,
    onGo: (td) => grid.select(td),
  });
  const grid = new Grid({
    cells,
    words,
    selection,
    block,
    onSelect: (td) => { panel.show(td.classList.contains("c-off") ? "" : cells.key(td)); place(); },
    onCommit: answer,
    onReasons: (td) => reasons.open(td),
    onChoice: (td) => answers.open(td, holds(td)),
    onPaste: (td, copied) => paste.start(td, copied),
    onLeave: () => document.getElementById("cell-panel").focus(),
  });

  const warnings = new Warnings({
    cells, grid, panel, words, held: (key) => queue.get(key), onExplain: edit,
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

  const turned = (step) => { grid.commit(); if (!turn(step)) say(words.no_page); };
  new Shortcuts({
    table,
    tools: document.querySelector(".sheet-tools"),
    dialog: document.getElementById("sheet-keys"),
    acts: {
      undo: () => again(() => edits.undo(), words.undone, words.nothing_undo),
      redo: () => again(() => edits.redo(), words.redone, words.nothing_redo),
      all: () => selection.all(),
      row: () => selection.row(grid.current),
      down: () => block.down(),
      right: () => block.right(),
      clear: () => block.clear(),
      reason: () => reasons.open(grid.current),
      next: () => turned(1),
      previous: () => turned(-1),
    },
  });
  table.setAttribute("role", "grid");
  table.classList.add("is-live");
  const wanted = decodeURIComponent(window.location.hash.slice(1));
  const found = cells.find(wanted);
  grid.start(found || cells.find(table.dataset.first || ""));
  if (found || ["grid", "cells"].includes(wanted)) grid.select(grid.current);
  else panel.show(cells.key(grid.current));
  document.querySelector("[href='#grid'].skip").addEventListener("click", (event) => {
    event.preventDefault();
    grid.select(grid.current);
  });
  if (table.dataset.visits) {
    new Visitors({
      url: table.dataset.visits, box: document.getElementById("sheet-others"), words, token,
      place: (key) => cells.nameOf(key), cell: () => cells.key(grid.current),
    });
  }
  new Edges(document.querySelector(".grid-frame"), words);
  place();
  queue.items.forEach((item, key) => drawHeld(key, item));
  if (table.dataset.open === "1") queue.flush();
  else if (queue.items.size) onLine("closed", words.shut); // typed before the sheet was closed: kept, and said
}());
