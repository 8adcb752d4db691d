// Sorts and filters lists, which are complete without it. A list split over several pages also has its rows in files
// (data-files) that call clausebookRows; they load when a reader first sets a filter, so that it applies to the whole list.
(() => {
  const words = window.clausebookWords;
  const { load, stateToday, written, root } = window.clausebook;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const mark = (kind, value, text) => {
    const made = element("span", { className: "mark", textContent: text });
    made.dataset[kind] = value;
    return made;
  };

  const key = (cell) => cell.querySelector("time")?.dateTime ?? cell.textContent.trim();

  function sort(table, column, heading) {
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [key(row.cells[column]), row]);
    // Empty cells stay last in both directions.
    rows.sort(([a], [b]) => (a === "") - (b === "") || (ascending ? 1 : -1) * collator.compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = element("button", { type: "button" });
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, column, heading));
      heading.append(button);
    });
  }

  function report(form, shown, all) {
    form.querySelector("output").textContent = words.script.shown.replace("{n}", shown).replace("{all}", all);
  }

  // Filters of the matrix that apply to documents rather than clauses.
  const BY = ["type", "owner", "service", "location"];

  // Keeps the rows of the matrix whose clause and at least one document match; other documents are dimmed.
  function filterMatrix(table, chosen) {
    let shown = 0, all = 0;
    const has = (list, wanted) => !wanted || (list ?? "").split(" ").includes(wanted);
    for (const body of table.tBodies) {
      let any = false;
      for (const row of body.rows) {
        if (row.classList.contains("group")) continue;
        const chips = [...row.querySelectorAll(".chip")];
        for (const chip of chips) chip.classList.toggle("dim", !BY.every((name) => has(chip.dataset[name], chosen[name])));
        // Include documents that a long cell does not show.
        const rest = [...row.querySelectorAll(".many[data-types]")].some((cell) => BY.every((name) => has(cell.dataset[`${name}s`], chosen[name])));
        const fits = has(row.dataset.verdict, chosen.verdict) && has(body.dataset.group, chosen.group)
          && (!BY.some((name) => chosen[name]) || rest || chips.some((chip) => !chip.classList.contains("dim")));
        row.hidden = !fits;
        any ||= fits;
        // Only coverage units count, not their subclauses or parent clauses.
        if (row.dataset.unit === undefined) continue;
        all += 1;
        shown += fits;
      }
      body.hidden = !any;
    }
    return [shown, all];
  }

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const includes = (text, find) => { const folded = fold(text); return fold(find).split(/\s+/).every((word) => folded.includes(word)); };

  function filterRows(rows, fits) {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row);
      shown += !row.hidden;
    }
    return [shown, rows.length];
  }

  function filter(target, chosen) {
    if (target.matches("table.matrix")) return filterMatrix(target, chosen);
    if (target.matches("table")) {
      // A row may have several owners and clauses, separated by spaces.
      const keys = ["type", "owner", "clause", "service", "location"].filter((name) => chosen[name]);
      const has = (row, name) => (row.dataset[name] ?? "").split(" ").includes(chosen[name]);
      const state = (row) => row.querySelector(".state")?.dataset.state;
      return filterRows([...target.tBodies[0].rows], (row) => keys.every((name) => has(row, name))
        && (!chosen.state || state(row) === chosen.state) && (!chosen.find || includes(row.textContent, chosen.find)));
    }
    const fits = (row) => (!chosen.severity || row.dataset.severity === chosen.severity) && (!chosen.rule || row.dataset.rule === chosen.rule);
    return filterRows([...target.querySelectorAll(".findings > li")], fits);
  }

  // Loads the rows of all parts, and shows them as the page would.
  let sink;
  window.clausebookRows = (rows) => sink.push(rows);
  async function everything(target, parts) {
    const files = [];
    for (const part of parts) {
      sink = files;
      await load(part);
    }
    const rows = files.flat();
    if (target.matches("table")) {
      const model = target.tBodies[0].rows[0];
      target.tBodies[0].replaceChildren(...rows.map((row) => documentRow(model, row)));
    } else target.querySelector(".findings").replaceChildren(...rows.map(finding));
  }
  function documentRow(model, { url, state, later, suspect, about, cells }) {
    const row = element("tr");
    if (about) Object.assign(row.dataset, { service: about.services.join(" "), location: about.locations.join(" ") });
    [...model.cells].forEach((like, at) => {
      const cell = element(like.localName, { className: like.className });
      if (like.localName === "th") {
        cell.scope = "row";
        cell.append(element("a", { href: root + url, textContent: cells[at] }));
      } else if (like.querySelector(".state")) {
        const now = stateToday(state, later);
        const badge = mark("state", now, words.state[now]);
        badge.classList.add("state");
        if (later) badge.dataset.later = later;
        cell.append(badge);
        if (suspect) cell.append(" ", mark("kind", "suspect", words.script.suspect));
      } else if (like.matches(".date") && cells[at]) cell.append(element("time", { dateTime: cells[at], textContent: written(cells[at], "short") }));
      else cell.textContent = cells[at];
      row.append(cell);
    });
    return row;
  }
  function finding({ severity, rule, message, help, place, document: about }) {
    // Show text between backticks as code.
    const quoted = (text) => text.split("`").map((part, at) => at % 2 ? element("code", { textContent: part }) : part);
    const item = element("li", {}, element("p", {}, mark("severity", severity, words.severity[severity]), " ", element("code", { textContent: rule })));
    Object.assign(item.dataset, { severity, rule });
    item.append(element("p", { className: "message", lang: "en" }, ...quoted(message)));
    if (help) item.append(element("p", { className: "help" }, ...quoted(help)));
    const where = element("p", { className: "place" });
    if (about) {
      const [id, title, url] = about;
      where.append(element("a", { className: "doc", href: root + url }, element("span", { className: "id", textContent: id }), ` ${title}`), " · ");
    }
    where.append(element("code", { textContent: place }));
    item.append(where);
    return item;
  }

  // Options whose values are positions in a list of names. Addresses have the names, because positions change.
  const isNamed = (field) => ["owner", "service", "location"].includes(field.name);
  const addressOf = (field) => isNamed(field) && field.value ? field.selectedOptions[0].text : field.value;
  function setField(field, wanted) {
    const met = [...field.options ?? []].find((one) => one.value && (isNamed(field) ? fold(one.text) === fold(wanted) : one.value === wanted));
    const value = met?.value ?? (wanted && isNamed(field) ? `?${wanted}` : wanted);
    // Nothing matches a value that is no longer there, such as a rule without findings.
    if (field.options && wanted && !met) field.add(new Option(wanted, value));
    field.value = value;
  }

  for (const form of document.querySelectorAll("form[data-filters]")) {
    const target = document.getElementById(form.dataset.filters);
    if (!target) continue;
    const picks = [...document.querySelectorAll("[data-pick]")];
    let state = ""; // the state that a link has picked
    const { files, before, part } = form.dataset;
    let parts = files && Array.from({ length: Number(files) }, (_, at) => `${before}${at + 1}.js`);
    const fields = [...form.elements].filter((one) => one.name);
    const reset = form.querySelector("[type=reset]"), isOnDemand = reset?.hidden;
    const chosen = () => ({ ...Object.fromEntries(new FormData(form)), state });
    const any = () => Object.values(chosen()).some(Boolean);
    for (const field of fields.filter(isNamed)) field.append(...[...field.options].slice(1).sort((a, b) => collator.compare(a.text, b.text)));
    // What is shown in place of a list without matches.
    const clear = element("button", { type: "button", className: "quiet", textContent: reset?.textContent ?? "", hidden: !reset, onclick: () => form.reset() });
    const nothing = element("p", { hidden: true }, words.script.no_match, " ", clear);
    (target.closest("[role=region]") ?? target).after(nothing);
    // Without a filter, the range above the links to the other parts already says which rows are shown.
    const apply = () => {
      const counts = filter(target, chosen());
      nothing.hidden = !any() || counts[0] > 0;
      if (isOnDemand) reset.hidden = !any();
      if (parts && !any()) form.querySelector("output").textContent = "";
      else report(form, ...counts);
      if (part !== undefined || parts && any()) form.querySelector("output").append(` ${words.script.on_this_page}`);
    };
    // Loads the whole list when it is first filtered.
    async function change() {
      if (parts && any()) {
        const all = parts;
        parts = undefined;
        try {
          await everything(target, all);
          for (const pages of document.querySelectorAll(".pagination")) pages.hidden = true;
        } catch {
          parts = all;
        }
      }
      apply();
    }
    function pick(wanted) {
      state = picks.some((link) => link.dataset.pick === wanted) ? wanted : "";
      for (const link of picks) {
        if (link.dataset.pick === state) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
    // Keeps the filters in the page's address, so that it can be linked to: matrix.html?verdict=missing&owner=Desk
    function remember(how) {
      const address = new URL(location.href);
      for (const [name, value] of [...fields.map((field) => [field.name, addressOf(field)]), ["state", state]]) {
        if (value) address.searchParams.set(name, value);
        else address.searchParams.delete(name);
      }
      try { if (address.href !== location.href) history[how](null, "", address); } catch { /* a file may not */ }
    }
    function recall() {
      const asked = new URLSearchParams(location.search);
      for (const field of fields) setField(field, asked.get(field.name) ?? "");
      pick(asked.get("state") ?? "");
      return change();
    }
    for (const link of picks) link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      pick(link.dataset.pick);
      remember("pushState");
      change();
    });
    form.hidden = false;
    form.addEventListener("input", () => { remember("replaceState"); change(); });
    form.addEventListener("reset", () => setTimeout(() => {
      if (clear.matches(":focus") || isOnDemand && reset.matches(":focus")) fields[0].focus();
      pick("");
      remember("replaceState");
      change();
    }));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("popstate", recall);
    recall();
    document.addEventListener("clausebook-day", apply);
  }

  // Restore the columns that the reader chose on an earlier visit.
  for (const picker of document.querySelectorAll("[data-columns]")) {
    const name = `clausebook-columns-${picker.dataset.columns}`;
    const boxes = [...picker.querySelectorAll("input")];
    try {
      const kept = JSON.parse(localStorage.getItem(name) ?? "[]");
      for (const box of boxes) box.checked = kept.includes(box.name);
    } catch { /* nothing is kept */ }
    picker.addEventListener("change", () => {
      try {
        localStorage.setItem(name, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.name)));
      } catch { /* for this page only */ }
    });
    addEventListener("keydown", (event) => { if (event.key === "Escape") picker.open = false; });
    addEventListener("click", (event) => { if (!picker.contains(event.target)) picker.open = false; });
  }
})();
