/* What was typed and is not yet in the portal. Each cell waits under its own key in this browser until the server has it:
   closing the page, a dropped line or an ended session lose nothing. Sending again is harmless: each save names the stamp it saw. */
(function () {
  "use strict";

  const BATCH = 50;
  const PAUSES = [2000, 5000, 15000, 30000]; // milliseconds between attempts while there is no line

  class Store {
    constructor(prefix) {
      this.prefix = prefix;
      this.memory = new Map(); // when the browser refuses storage, the page still holds its cells
    }

    all() {
      const found = new Map(this.memory);
      try {
        for (let i = 0; i < localStorage.length; i += 1) {
          const name = localStorage.key(i);
          if (name.startsWith(this.prefix)) found.set(name.slice(this.prefix.length), JSON.parse(localStorage.getItem(name)));
        }
      } catch (refused) { /* memory alone */ }
      return found;
    }

    set(key, item) {
      try {
        localStorage.setItem(this.prefix + key, JSON.stringify(item));
        this.memory.delete(key);
      } catch (refused) {
        this.memory.set(key, item);
      }
    }

    delete(key) {
      this.memory.delete(key);
      try { localStorage.removeItem(this.prefix + key); } catch (refused) { /* memory alone */ }
    }
  }

  /* Items: {text, missing, explanation, language, stamp (or since: the save up to which was read), undo, block, edit,
     state: typing | waiting | clash | refused, message, readings, theirs, turn}. Those of one block go in one request. */
  class Queue {
    constructor({ url, prefix, catalogue, token, onSaved, onHeld, onLine, onStored = () => {} }) {
      Object.assign(this, { url, catalogue, token, onSaved, onHeld, onLine, onStored });
      this.store = new Store(prefix);
      this.items = this.store.all();
      this.turn = 0;
      this.line = "ok";
      this.attempt = 0;
      this.busy = false;
      window.addEventListener("online", () => this.flush());
      window.addEventListener("beforeunload", (event) => { if (this.store.memory.size) event.preventDefault(); }); // kept nowhere else
      window.addEventListener("focus", () => this.line !== "ok" && this.line !== "closed" && this.flush());
    }

    get(key) { return this.items.get(key); }

    waiting() { return [...this.items].filter(([, item]) => item.state === "waiting"); }

    put(key, change) { this.putAll([[key, change]]); }

    putAll(changes) {
      for (const [key, change] of changes) this.add(key, change);
      this.flush();
    }

    add(key, change) {
      const before = this.items.get(key);
      const item = { text: "", missing: "", stamp: change.stamp || 0, ...change, state: "waiting", turn: (this.turn += 1) };
      // The first stamp seen holds while the server has not answered: what it must be compared with is what she saw.
      if (before && before.state === "waiting") Object.assign(item, { stamp: before.stamp, since: before.since });
      this.hold(key, item);
    }

    /* What goes in the next request: a block whole, else the first that wait. */
    batch() {
      const waiting = this.waiting();
      const block = waiting.length && waiting[0][1].block;
      return block ? waiting.filter(([, item]) => item.block === block) : waiting.slice(0, BATCH);
    }

    hold(key, item) {
      this.items.set(key, item);
      this.store.set(key, item);
    }

    drop(key) {
      this.items.delete(key);
      this.store.delete(key);
    }

    async flush() {
      if (this.busy) return;
      const batch = this.batch();
      if (!batch.length) { this.say("ok"); return; }
      this.busy = true;
      clearTimeout(this.timer);
      const answer = await this.send(batch);
      this.busy = false;
      if (answer) {
        this.attempt = 0;
        this.take(answer, batch);
        if (this.waiting().length) this.flush();
      }
    }

    async send(batch) {
      const cells = batch.map(([key, item]) => ({
        key, text: item.text, missing: item.missing,
        ...(item.since === undefined ? { stamp: item.stamp } : { since: item.since }),
        ...(item.undo ? { undo: true } : {}),
        ...(item.explanation === undefined ? {} : { explanation: item.explanation }),
        ...(item.language === undefined ? {} : { language: item.language }),
      }));
      let response;
      try {
        response = await fetch(this.url, {
          method: "POST",
          credentials: "same-origin",
          redirect: "manual",
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
          body: JSON.stringify({ catalogue: this.catalogue, cells }),
        });
      } catch (noLine) {
        return this.later("offline");
      }
      if (response.status >= 500 || response.status === 429) return this.later("offline");
      const body = await response.json().catch(() => null);
      if (response.status === 404 && !body) return this.stop("hidden"); // the role ended while the page was open
      if (response.status === 401 || !body) return this.stop("signin");
      if (!response.ok) return this.stop("closed", body.error);
      this.say("ok");
      return body;
    }

    later(line) {
      const pause = PAUSES[Math.min(this.attempt, PAUSES.length - 1)];
      this.attempt += 1;
      this.timer = setTimeout(() => this.flush(), pause);
      return this.stop(line);
    }

    stop(line, message) {
      this.say(line, message);
      return null;
    }

    say(line, message) {
      this.line = line;
      this.onLine(line, message);
    }

    take(answer, batch) {
      for (const [key, sent] of batch) {
        const now = this.items.get(key);
        const saved = answer.saved[key];
        const clash = answer.conflicts[key];
        const refused = answer.refused[key];
        if (saved) this.onStored(key, sent, saved);
        if (now && now.turn !== sent.turn) { // changed again while it was on its way
          if (saved) this.hold(key, { ...now, stamp: saved.stamp, since: undefined });
          continue;
        }
        if (saved) this.drop(key);
        else if (clash) this.hold(key, { ...sent, state: "clash", theirs: clash });
        else this.hold(key, { ...sent, state: "refused", ...refused });
        if (!saved) this.onHeld(key, this.items.get(key));
      }
      this.onSaved(answer);
    }
  }

  window.pipSheet = { Queue, Store };
}());
