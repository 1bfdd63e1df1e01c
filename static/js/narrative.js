/* The narrative saves each text as it is left, through the queue of the sheet: the same marks, the same patience with a line or a
   session that has ended. What is being typed waits in this browser from the first letter on. Without this file the form is sent
   whole. Where the narrative takes nothing any more, what waits here is shown beside what stands. */
(function () {
  "use strict";

  const { Queue, Store, heldBox, drawLine, token } = window.pipSheet;
  const page = document.querySelector("[data-texts]");
  const themes = page.dataset.texts.split(" ");
  const boxOf = (theme) => document.getElementById(theme);

  if (page.dataset.save === undefined) { showKept(new Store(page.dataset.queue)); return; }

  const words = JSON.parse(page.dataset.words);
  const saves = document.querySelector(".saves");
  const language = page.elements.namedItem("language");
  const field = (theme) => page.elements.namedItem(theme);
  const seen = (theme) => page.elements.namedItem(`seen-${theme}`);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const typed = new Set(); // themes with something that the queue has not been given to send

  function mark(theme, state, text) {
    let spot = boxOf(theme).querySelector(".unit-mark");
    if (!spot) {
      spot = document.createElement("p");
      spot.className = "unit-mark note-s";
      field(theme).after(spot);
    }
    boxOf(theme).dataset.mark = state;
    spot.textContent = text || words.states[state] || "";
  }

  const content = (theme) => ({ text: field(theme).value, language: language.value, stamp: Number(seen(theme).value || 0) });

  function give(theme) {
    typed.delete(theme);
    mark(theme, "saving");
    queue.put(theme, content(theme));
  }

  function leave() { [...typed].forEach(give); }

  function clear(theme) {
    const held = boxOf(theme).querySelector(".held");
    if (held) held.remove();
  }

  function onHeld(theme, item) {
    if (!boxOf(theme)) return;
    clear(theme);
    mark(theme, item.state === "clash" ? "clash" : "error");
    field(theme).after(heldBox(item));
  }

  function take(theme, choice) {
    const item = queue.get(theme);
    queue.drop(theme);
    clear(theme);
    if (item.theirs) seen(theme).value = item.theirs.stamp;
    if (choice === "mine") { give(theme); return; }
    field(theme).value = item.theirs ? item.theirs.text : field(theme).defaultValue;
    field(theme).defaultValue = field(theme).value;
    typed.delete(theme);
    mark(theme, "saved");
    field(theme).focus();
  }

  function onSaved(answer) {
    saves.textContent = fill(words.saved, { at: answer.at });
    for (const [theme, saved] of Object.entries(answer.saved)) {
      clear(theme);
      seen(theme).value = saved.stamp;
      field(theme).defaultValue = saved.text;
      if (!typed.has(theme) && !queue.get(theme)) mark(theme, "saved", fill(words.saved, { at: answer.at }));
    }
  }

  function onLine(state, message) {
    const waiting = queue.waiting();
    drawLine(state, message, waiting.length);
    if (waiting.length) saves.textContent = fill(words.waiting, { n: waiting.length });
    if (state !== "ok") waiting.forEach(([theme]) => mark(theme, "queued"));
  }

  /* A text from before: what the portal has by now is no longer waited for. Its own stamp goes with it. */
  function show(theme, item) {
    if (!boxOf(theme)) return;
    const there = field(theme).defaultValue.trim() === item.text.trim() && item.state !== "typing";
    if (there && language.value === item.language) { queue.drop(theme); return; }
    field(theme).value = item.text;
    seen(theme).value = item.stamp;
    if (item.state === "clash" || item.state === "refused") onHeld(theme, item);
    else give(theme);
  }

  function typing(theme) {
    typed.add(theme);
    const held = queue.get(theme);
    const waits = held && held.state === "waiting" && held.stamp !== undefined;
    queue.hold(theme, { ...content(theme), ...(waits ? { stamp: held.stamp } : {}), state: "typing" });
  }

  const queue = new Queue({ url: page.dataset.save, prefix: page.dataset.queue, token, onSaved, onHeld, onLine });

  page.addEventListener("input", (event) => { if (themes.includes(event.target.name)) typing(event.target.name); });
  page.addEventListener("change", (event) => {
    if (themes.includes(event.target.name)) give(event.target.name);
    else if (event.target === language) themes.filter((theme) => field(theme).value.trim()).forEach(give);
  });
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (button) take(button.closest(".narrative-text").id, button.dataset.take);
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-again]")) queue.flush(); });
  page.addEventListener("submit", leave);
  window.addEventListener("pagehide", leave);
  [...queue.items].forEach(([theme, item]) => show(theme, item));
  queue.flush();

  function showKept(store) {
    for (const [theme, item] of store.all()) {
      const said = document.getElementById("kept-text").content.cloneNode(true).firstElementChild;
      said.querySelector("[data-mine]").textContent = item.text;
      said.querySelector("button").addEventListener("click", () => { store.delete(theme); said.remove(); });
      const heading = boxOf(theme);
      if (heading) heading.after(said);
      else page.prepend(said);
    }
  }
}());
