/* Numbers in fields look as in the sheet while nobody is in them, and as they are typed as soon as somebody is: what is sent, and
   what a script reads, is always the plain one. */
(function () {
  "use strict";

  const PLAIN = /^(-?)([0-9]+)(?:([.,])([0-9]+))?$/;

  /* What cannot be read in one way alone stays as it was typed. */
  function grouped(text, thousands) {
    const found = PLAIN.exec(text);
    if (!found) return text;
    const [, sign, whole, mark, rest] = found;
    if (mark && (mark === thousands || (whole.length < 4 && rest.length === 3))) return text;
    return `${sign ? "\u2212" : ""}${whole.replace(/\B(?=([0-9]{3})+$)/g, thousands)}${mark ? mark + rest : ""}`;
  }

  function look(field) {
    if (field === document.activeElement || field.dataset.plain !== undefined) return;
    const text = grouped(field.value, field.dataset.thousands);
    if (text === field.value) return;
    field.dataset.plain = field.value;
    field.value = text;
  }

  function plain(field) {
    if (field.dataset.plain === undefined) return;
    field.value = field.dataset.plain;
    delete field.dataset.plain;
    field.select(); // who comes by Tab types over it; a click sets its caret afterwards
  }

  const lookIn = (box) => box.querySelectorAll("[data-thousands]").forEach(look);

  function put(field, text) {
    delete field.dataset.plain;
    field.value = text;
    if (field.dataset.thousands) look(field);
  }

  document.addEventListener("focusin", (event) => { if (event.target.dataset.thousands) plain(event.target); });
  document.addEventListener("focusout", (event) => { if (event.target.dataset.thousands) setTimeout(look, 0, event.target); });
  document.addEventListener("reset", (event) => setTimeout(() => {
    for (const field of event.target.elements) if (field.dataset.thousands) put(field, field.value);
  }));
  document.addEventListener("formdata", (event) => {
    for (const field of event.target.elements) if (field.name && field.dataset.plain !== undefined) event.formData.set(field.name, field.dataset.plain);
  });
  lookIn(document);
  window.pipNumbers = { lookIn, put, text: (field) => (field.dataset.plain === undefined ? field.value : field.dataset.plain) };
}());
