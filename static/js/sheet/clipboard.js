/* What goes to the clipboard and comes from it: rows of texts, as tabs part them and as a table of HTML. What this portal has
   copied says so in its table, with reasons for missing values by their codes: it comes back as it was. */
(function () {
  "use strict";

  const DOUBLE = /^[-+\u2212\u2013]?[1-9]\d{0,2}([.,])\d{3}$/; // thousands or decimals: only its maker knows
  const EXACT = /^-?\d+(\.\d+)?$/;

  /* `rows` of {text, missing, kind}; texts as one would type them. */
  function write(data, rows) {
    const table = document.createElement("table");
    table.dataset.pipCells = "1";
    for (const row of rows) {
      const tr = table.insertRow();
      tr.dataset.kind = row[0].kind;
      for (const { text, missing } of row) {
        const td = tr.insertCell();
        td.textContent = text;
        if (missing) td.dataset.missing = missing;
      }
    }
    data.setData("text/plain", rows.map((row) => row.map(({ text }) => text).join("\t")).join("\r\n"));
    data.setData("text/html", table.outerHTML);
  }

  /* {rows: of {text, missing}, kinds} or {merged: {row, column}}. */
  function read(data, decimal) {
    const table = tableOf(data.getData("text/html"));
    if (!table) return { rows: parted(data.getData("text/plain")).map((row) => row.map((text) => ({ text, missing: "" }))), kinds: null };
    const own = table.dataset.pipCells !== undefined;
    const rows = [];
    for (const tr of table.rows) {
      const row = [];
      for (const td of tr.cells) {
        const isOverflow = td.dataset.overflow !== undefined; // a long text that lies over empty cells
        if ((td.colSpan > 1 && !isOverflow) || td.rowSpan > 1) return { merged: { row: rows.length + 1, column: row.length + 1 } };
        row.push({ text: own ? td.textContent.trim() : textOf(td, decimal), missing: (own && td.dataset.missing) || "" });
        for (let empty = 1; empty < td.colSpan; empty += 1) row.push({ text: "", missing: "" });
      }
      if (row.length) rows.push(row);
    }
    return { rows, kinds: own ? [...table.rows].map((tr) => tr.dataset.kind) : null };
  }

  /* The one table that the copied HTML is; of a page with text around it the plain text is taken. */
  function tableOf(html) {
    if (!/<table/i.test(html)) return null;
    const { body } = new DOMParser().parseFromString(unstyled(html), "text/html");
    body.querySelectorAll("script").forEach((node) => node.remove());
    const tables = body.querySelectorAll("table");
    if (tables.length !== 1) return null;
    const around = body.cloneNode(true);
    around.querySelector("table").remove();
    return around.textContent.trim() ? null : tables[0];
  }

  /* Without its looks, of which one says something: that a cell is wide, and not merged. */
  function unstyled(html) {
    return html.replace(/<style[\s\S]*?<\/style>/gi, "")
      .replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, (style) => (/mso-ignore:\s*colspan/.test(style) ? " data-overflow" : ""));
  }

  /* As the cell shows it; where that has two readings, the number that the spreadsheet says it is. */
  function textOf(td, decimal) {
    const shown = td.textContent.replace(/\s+/g, " ").trim();
    const exact = td.getAttribute("sdval") || td.getAttribute("x:num") || "";
    if (!DOUBLE.test(shown) || !EXACT.test(exact)) return shown;
    return exact.replace(".", decimal) + (/\.\d{3}$/.test(exact) ? "0" : ""); // four decimals have one reading
  }

  /* Lines and tabs; a cell with line breaks of its own stands in quotes. */
  function parted(text) {
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!clean.includes('"')) return clean.split("\n").map((line) => line.split("\t").map((one) => one.trim()));
    const rows = [[]];
    for (const [, quoted, bare, mark] of clean.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g)) {
      rows.at(-1).push((quoted === undefined ? bare : quoted.replaceAll('""', '"')).trim());
      if (mark === "\n") rows.push([]);
      if (mark === "") break;
    }
    return rows;
  }

  Object.assign(window.pipSheet, { clipboard: { write, read, parted, DOUBLE } });
}());
