/* A file is sent in pieces as soon as it is chosen (tus 1.0): a lost line costs one piece, and the same file chosen again goes on where
   it stopped. When it has arrived the form names the upload instead of sending the file. Without this script the form sends it itself.
   The portal's half: pip_network/files/stored. */
(function () {
  "use strict";

  const MOST = 256 * 1024, LEAST = 16 * 1024; // bytes of a piece: on a slow line a short one arrives before the server gives up
  const SLOW = 8000, WAIT = 1000, LONGEST_WAIT = 20000; // milliseconds
  const LOST = [0, 408, 409, 425, 429, 500, 502, 503, 504];

  /* A browser that refuses storage forgets where it was; the page works on. */
  function quietly(done) {
    try { return done(); } catch (refused) { return null; }
  }

  /* The cookie first: a sign-in on another page has given it a new one. */
  function token() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    const field = document.querySelector("[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : field ? field.value : "";
  }

  class Refused extends Error {}
  class Stopped extends Error {}

  class Sending {
    constructor(box, file) {
      this.box = box;
      this.file = file;
      this.piece = MOST;
      this.tries = 0;
      this.key = `pip-upload:${file.name}:${file.size}:${file.lastModified}`;
      this.stopping = new AbortController();
    }

    /* The answer of the portal; status 0 is a line that was lost, 401 a session that has ended. */
    async ask(address, method, headers = {}, body = undefined) {
      try {
        const answer = await fetch(address, {
          method, body, redirect: "manual", signal: method === "DELETE" ? null : this.stopping.signal,
          headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token(), ...headers },
        });
        const status = answer.type === "opaqueredirect" ? 401 : answer.status;
        const isSentence = (answer.headers.get("Content-Type") || "").startsWith("text/plain"); // and no page of a server
        return { status, headers: answer.headers, text: isSentence ? await answer.text() : "" };
      } catch (lost) {
        if (this.stopping.signal.aborted) throw new Stopped();
        return { status: 0, headers: new Headers(), text: "" };
      }
    }

    /* Wait before asking again: longer each time, but no longer than until the line is back. */
    async wait(said) {
      say(this.box, said);
      const time = Math.min(LONGEST_WAIT, WAIT * 2 ** this.tries++);
      await new Promise((done) => {
        setTimeout(done, time);
        window.addEventListener("online", done, { once: true });
        this.stopping.signal.addEventListener("abort", done, { once: true });
      });
      if (this.stopping.signal.aborted) throw new Stopped();
    }

    /* Until the portal says something else than that it is away. */
    async insist(...request) {
      for (;;) {
        const answer = await this.ask(...request);
        if (answer.status === 401) await this.wait(this.box.dataset.session);
        else if (LOST.includes(answer.status) && answer.status !== 409) await this.wait(this.box.dataset.lost);
        else return answer;
      }
    }

    async begin() {
      const bytes = new TextEncoder().encode(this.file.name);
      const name = btoa(String.fromCharCode(...bytes));
      const answer = await this.insist(this.box.dataset.upload, "POST", { "Upload-Length": String(this.file.size), "Upload-Metadata": `filename ${name}` });
      if (answer.status !== 201) throw new Refused(answer.text);
      this.address = answer.headers.get("Location");
      quietly(() => localStorage.setItem(this.key, this.address));
      return 0;
    }

    /* How far the portal is; an upload that is there no more begins anew. */
    async offset() {
      const kept = this.address || quietly(() => localStorage.getItem(this.key));
      if (!kept) return this.begin();
      this.address = kept;
      const answer = await this.insist(kept, "HEAD");
      if (answer.status === 200) return Number(answer.headers.get("Upload-Offset"));
      this.forget();
      return this.begin();
    }

    forget() {
      this.address = "";
      quietly(() => localStorage.removeItem(this.key));
    }

    /* One piece; returns how far it is now. */
    async send(from) {
      const start = performance.now();
      const answer = await this.ask(this.address, "PATCH",
        { "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream" }, this.file.slice(from, from + this.piece));
      if (answer.status === 204) {
        this.tries = 0;
        const time = performance.now() - start;
        if (time > SLOW) this.shorten();
        else if (time < SLOW / 4) this.piece = Math.min(MOST, this.piece * 2);
        return Number(answer.headers.get("Upload-Offset"));
      }
      if (answer.status === 401) await this.wait(this.box.dataset.session);
      else if (LOST.includes(answer.status)) {
        this.shorten();
        await this.wait(this.box.dataset.lost);
      } else if (answer.status !== 404 && answer.status !== 410) throw new Refused(answer.text);
      return this.offset();
    }

    shorten() {
      this.piece = Math.max(LEAST, this.piece / 2);
    }

    /* The key of the upload, once all of it has arrived and was looked at. */
    async run() {
      let from = await this.offset();
      while (from < this.file.size) {
        show(this.box, from, this.file.size);
        say(this.box, from + this.piece < this.file.size ? `${this.box.dataset.sending}: ${this.file.name}` : this.box.dataset.looking);
        from = await this.send(from);
      }
      quietly(() => localStorage.removeItem(this.key));
      return this.address.split("/").filter(Boolean).pop();
    }

    async stop() {
      this.stopping.abort();
      const address = this.address;
      this.forget();
      if (address) await this.ask(address, "DELETE");
    }
  }

  function say(box, text) {
    const place = box.querySelector("[role=status]");
    if (place.textContent !== text) place.textContent = text;
  }

  function show(box, done, all) {
    const state = box.querySelector(".upload-state");
    state.hidden = done === all;
    state.querySelector("progress").value = Math.floor((done * 100) / all);
  }

  function prepare(box) {
    const choice = box.querySelector("[type=file]"), key = box.querySelector("[type=hidden]");
    const form = box.closest("form"), name = choice.name;
    let sending = null, pressed = null; // what is on its way; the button that waits for it

    async function chosen() {
      const file = choice.files[0];
      if (sending) await sending.stop();
      sending = null;
      key.value = "";
      choice.name = name;
      if (!file) return;
      if (file.size > Number(box.dataset.most)) {
        choice.value = "";
        say(box, box.dataset.large);
        return;
      }
      const mine = (sending = new Sending(box, file));
      try {
        const upload = await mine.run();
        if (sending !== mine) return;
        key.value = upload;
        choice.removeAttribute("name"); // it is there: the form need not send it again
        say(box, `${box.dataset.kept} ${file.name}`);
      } catch (error) {
        if (sending !== mine) return;
        choice.value = "";
        pressed = null;
        say(box, error instanceof Stopped ? box.dataset.stopped : (error instanceof Refused && error.message) || box.dataset.failed);
        mine.forget();
      }
      show(box, 1, 1);
      sending = null;
      if (pressed) form.requestSubmit(pressed === form ? undefined : pressed);
    }

    choice.addEventListener("change", chosen);
    box.querySelector("button").addEventListener("click", () => {
      if (sending) sending.stop();
    });
    form.addEventListener("submit", (event) => {
      if (!sending) return;
      event.preventDefault();
      pressed = event.submitter || form;
    });
  }

  for (const box of document.querySelectorAll("[data-upload]:not([data-ready])")) {
    box.dataset.ready = ""; // each field of a page brings this script
    prepare(box);
  }
})();
