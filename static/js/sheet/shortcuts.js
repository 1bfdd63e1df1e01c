/* Keys and buttons that do something with the selection or the sheet: one table of names, told to people by the list on "?". */
(function () {
  "use strict";

  const KEYS = {
    "ctrl+a": "all", "shift+ ": "row",
    "ctrl+z": "undo", "ctrl+y": "redo", "ctrl+shift+z": "redo",
    "ctrl+d": "down", "ctrl+r": "right",
    "ctrl+pagedown": "next", "ctrl+pageup": "previous", "alt+pagedown": "next", "alt+pageup": "previous",
    "?": "keys", "shift+?": "keys",
  };

  class Shortcuts {
    constructor({ table, tools, dialog, acts }) {
      this.acts = { ...acts, keys: () => dialog.showModal() };
      table.addEventListener("keydown", (event) => this.key(event), { capture: true });
      tools.hidden = false;
      tools.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the sheet
      tools.addEventListener("click", (event) => {
        const button = event.target.closest("[data-tool]");
        if (button) this.acts[button.dataset.tool]();
      });
    }

    key(event) {
      if (event.target.tagName === "INPUT") return; // in a cell that is typed in, keys are those of the field
      const marks = [["ctrl", event.ctrlKey || event.metaKey], ["alt", event.altKey], ["shift", event.shiftKey]];
      const name = [...marks.filter(([, isDown]) => isDown).map(([mark]) => mark), event.key.toLowerCase()].join("+");
      const act = this.acts[KEYS[name]];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }

  /* The page of the sheet before or after this one; false where there is none. */
  function turn(step) {
    const pages = [...document.querySelectorAll(".sheet-pages a")];
    const page = pages[pages.findIndex((link) => link.hasAttribute("aria-current")) + step];
    if (!pages.length || !page) return false;
    window.location.assign(`${page.href}#cells`);
    return true;
  }

  Object.assign(window.pipSheet, { Shortcuts, turn });
}());
