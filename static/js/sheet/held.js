/* What sheet and forms say alike: of a value that is still here and not there, and of the line to the portal. */
(function () {
  "use strict";

  /* Why it is not there, and what can be done. */
  function heldBox(item) {
    const box = document.getElementById(item.state === "clash" ? "held-clash" : "held-refused").content.cloneNode(true).firstElementChild;
    const put = (name, text) => box.querySelectorAll(`[data-${name}]`).forEach((spot) => { spot.textContent = text; });
    put("mine", item.text || item.label || "");
    if (item.theirs) { put("theirs", item.theirs.text); put("by", item.theirs.by); put("at", item.theirs.at); }
    if (item.message) put("message", item.message);
    box.querySelectorAll("[data-take^=reading]").forEach((button) => {
      const reading = (item.readings || [])[Number(button.dataset.take.slice(-1))];
      if (reading) button.textContent = reading;
      else button.remove();
    });
    return box;
  }

  function drawLine(state, message, count) {
    const line = document.getElementById("sheet-line");
    line.hidden = state === "ok";
    if (state === "ok") return;
    line.querySelectorAll("[data-line]").forEach((part) => { part.hidden = part.dataset.line !== state; });
    line.querySelectorAll("[data-count]").forEach((spot) => { spot.textContent = count; });
    line.querySelectorAll("[data-message]").forEach((spot) => { spot.textContent = message || ""; });
  }

  /* What protects a post from other sites. */
  function token() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  Object.assign(window.pipSheet, { heldBox, drawLine, token });
}());
