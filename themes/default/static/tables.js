// Sorting and filtering of lists that are whole without it.
(() => {
  const words = window.clausebookWords;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const key = (cell) => cell.querySelector("time")?.dateTime ?? cell.textContent.trim();

  function sort(table, column, heading) {
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [key(row.cells[column]), row]);
    // What has no value stays last in both directions.
    rows.sort(([a], [b]) => (a === "") - (b === "") || (ascending ? 1 : -1) * collator.compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, column, heading));
      heading.append(button);
    });
  }

  function report(form, shown, all) {
    form.querySelector("output").textContent = words.script.shown.replace("{n}", shown).replace("{all}", all);
  }

  // The matrix: a row stays when its clause fits, and when a document fits; documents that do not fit step back.
  function filterMatrix(table, chosen) {
    let shown = 0, all = 0;
    for (const body of table.tBodies) {
      let any = false;
      for (const row of body.rows) {
        if (row.classList.contains("group")) continue;
        const chips = [...row.querySelectorAll(".chip")];
        for (const chip of chips) {
          const fits = (!chosen.type || chip.dataset.type === chosen.type) && (!chosen.owner || (chip.dataset.owner ?? "").split(" ").includes(chosen.owner));
          chip.classList.toggle("dim", !fits);
        }
        const fits = (!chosen.verdict || row.dataset.verdict === chosen.verdict) && (!chosen.group || body.dataset.group === chosen.group)
          && (!(chosen.type || chosen.owner) || chips.some((chip) => !chip.classList.contains("dim")));
        row.hidden = !fits;
        any ||= fits;
        // A part of a coverage unit, and a clause above several, count for nothing by themselves.
        if (row.dataset.unit === undefined) continue;
        all += 1;
        shown += fits;
      }
      body.hidden = !any;
    }
    return [shown, all];
  }

  function filterRows(rows, fits) {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row);
      shown += !row.hidden;
    }
    return [shown, rows.length];
  }

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function filter(target, chosen) {
    if (target.matches("table.matrix")) return filterMatrix(target, chosen);
    if (target.matches("table")) {
      const wanted = fold(chosen.find ?? "").split(/\s+/);
      // A row may have several owners and clauses, with a space between them.
      const keys = ["type", "owner", "clause"].filter((name) => chosen[name]);
      const has = (row, name) => (row.dataset[name] ?? "").split(" ").includes(chosen[name]);
      return filterRows([...target.tBodies[0].rows], (row) => keys.every((name) => has(row, name))
        && (!chosen.find || wanted.every((word) => fold(row.textContent).includes(word))));
    }
    const fits = (row) => (!chosen.severity || row.dataset.severity === chosen.severity) && (!chosen.rule || row.dataset.rule === chosen.rule);
    return filterRows([...target.querySelectorAll(".findings > li")], fits);
  }

  for (const form of document.querySelectorAll("form[data-filters]")) {
    const target = document.getElementById(form.dataset.filters);
    if (!target) continue;
    const apply = () => report(form, ...filter(target, Object.fromEntries(new FormData(form))));
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link may choose: matrix.html?verdict=missing
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    apply();
    document.addEventListener("clausebook-day", apply);
  }
})();
