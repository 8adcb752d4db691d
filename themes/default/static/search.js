// The search, as a dialog and as a separate page: shows the hits from find.js, and until something is typed, pages that
// this reader opens often or that other pages refer to most.
(() => {
  const { element, counted, root, words, finder, fold } = window.clausebook;
  const say = words.script;
  const AT_ONCE = 10, MOST_TEXT = 190, MOST_OFFERED = 5;
  const filled = (text, values) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), text);

  // The text with matches marked, starting shortly before the first one.
  function marked(text, asked, most) {
    const found = finder.places(text, asked);
    const first = found[0]?.[0] ?? 0;
    let from = 0;
    if (first > most * 0.7) {
      from = text.indexOf(" ", first - 50) + 1;
      if (from === 0 || from > first) from = Math.max(first - 20, 0);
    }
    const nodes = from ? ["…\u00a0"] : [];
    let end = Math.min(text.length, from + most);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), from + most / 2);
    for (const [start, stop] of found) {
      if (start < from || stop > end) continue;
      nodes.push(text.slice(from, start), element("mark", { textContent: text.slice(start, stop) }));
      from = stop;
    }
    return [...nodes, text.slice(from, end), end < text.length ? "\u00a0…" : ""];
  }

  // The sentence with the most matches and those after it; a table row only if no sentence has as many.
  function snippet(text, asked) {
    const pieces = text.split("\n").flatMap((line) => line.split(/(?<=[.!?…][)”"*]?)\s+(?=[^a-z])|(?<=[。！？])/u));
    const value = (piece) => {
      const met = new Set(finder.places(piece, asked).map(([start, end]) => fold(piece.slice(start, end)))).size;
      return met && met + (/[.!?:;…。！？]$/.test(piece) ? 0.5 : 0);
    };
    const values = pieces.map(value);
    const best = Math.max(values.indexOf(Math.max(...values)), 0);
    let shown = pieces[best] ?? "";
    for (let next = best + 1; next < pieces.length && shown.length + pieces[next].length < MOST_TEXT; next += 1) {
      shown += (/[.!?:;…。！？]$/.test(shown) ? " " : " · ") + pieces[next];
    }
    return marked(shown, asked, MOST_TEXT);
  }

  let options = 0;
  function option(url, ...children) {
    const link = element("a", { href: root + url, id: `~option-${options += 1}` }, ...children);
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return link;
  }
  function show(hit, asked) {
    const title = element("p", { className: "name" }, element("b", {}, ...marked(hit.title, asked, 200)));
    if (hit.heading) title.append(" ", element("span", { className: "section" }, ...marked(hit.heading, asked, 120)));
    const facts = element("p", {}, hit.type);
    if (hit.id) facts.append(" ", element("span", { className: "number" }, ...marked(hit.id, asked, 80)));
    if (hit.state) {
      const mark = element("span", { className: "mark", textContent: words.state[hit.state] });
      mark.dataset.state = hit.state;
      facts.append(" ", mark);
    }
    const link = option(hit.url + (hit.anchor ? "#" + encodeURIComponent(hit.anchor) : ""), title, facts);
    if (hit.text) link.append(element("p", {}, ...snippet(hit.text, asked)));
    return link;
  }

  // Suggested pages: recently opened in this browser, opened most often, and those with the most references to them.
  function offers(index) {
    const visits = window.clausebook.visits?.() ?? [];
    const recent = visits.toSorted((one, other) => other.last - one.last).slice(0, MOST_OFFERED);
    const often = visits.filter((one) => one.count > 2 && !recent.includes(one)).sort((one, other) => other.count - one.count);
    const central = index.central.map(([id, title, url]) => ({ id, title, url })).filter(({ url }) => !visits.some((one) => one.url === url));
    const list = (name, pages) => {
      const entries = pages.slice(0, MOST_OFFERED).map(({ id, title, url }) => {
        const name = element("p", { className: "name" }, element("b", { textContent: title }));
        if (id) name.append(" ", element("span", { className: "id", textContent: id }));
        return option(url, name);
      });
      const group = element("div", {}, element("p", { className: "offer", textContent: say[name], ariaHidden: "true" }), ...entries);
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", say[name]);
      return entries.length ? [group] : [];
    };
    return [...list("recent", recent), ...list("often", often), ...list("central", central)];
  }

  const choiceOf = (value, text) => element("option", { value, textContent: text });
  const inOrder = (names) => names.toSorted(new Intl.Collator(document.documentElement.lang, { numeric: true }).compare);
  function choices(chosen, { index, pages }) {
    const choice = (name, options) => {
      const select = element("select", { name }, choiceOf("", say.all), ...options);
      select.value = options.some((one) => one.value === chosen.get(name)) ? chosen.get(name) : "";
      return element("label", {}, element("span", { textContent: say[name] }), " ", select);
    };
    const groups = index.groups.filter((_, at) => pages.group.includes(at));
    return [
      choice("type", index.kinds.map(([key, name]) => choiceOf(key, name))),
      choice("owner", inOrder(index.owners).map((name) => choiceOf(name, name))),
      // Omit the filters for services and locations if no document names any.
      ...["service", "location"].filter((name) => index[`${name}s`].length)
        .map((name) => choice(name, inOrder(index[`${name}s`]).map((one) => choiceOf(one, one)))),
      choice("state", finder.STATES.toReversed().map((state) => choiceOf(state, words.state[state]))),
      choice("group", groups.map((group) => choiceOf(finder.groupKey(group), group.join(" ").trim()))),
    ];
  }

  // An ARIA combobox: the focus stays in the field while the arrow keys move through the list.
  function combobox(input, results) {
    const all = () => [...results.querySelectorAll("[role=option]")];
    const current = () => all().find((one) => one.ariaSelected === "true");
    function choose(one) {
      if (current()) current().ariaSelected = "false";
      if (!one) return void input.removeAttribute("aria-activedescendant");
      one.ariaSelected = "true";
      input.setAttribute("aria-activedescendant", one.id);
      one.scrollIntoView({ block: "nearest" });
    }
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      event.preventDefault();
      const options = all(), at = options.indexOf(current()) + step;
      choose(at < -1 ? options.at(-1) : options[at]);
    });
    results.addEventListener("focusin", (event) => choose(event.target.closest("[role=option]")));
    return {
      current: () => current() ?? all()[0],
      changed() {
        choose();
        input.setAttribute("aria-expanded", String(all().length > 0));
        results.hidden = !all().length;
      },
    };
  }
  function field(given, list) {
    const input = element("input", { type: "search", name: "q", placeholder: say.placeholder, autocomplete: "off", value: given });
    const traits = { role: "combobox", "aria-label": say.search, "aria-expanded": "false", "aria-controls": list, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries({ ...traits, autocapitalize: "none", spellcheck: "false" })) input.setAttribute(name, value);
    return input;
  }

  // Builds the form for the dialog or for the search page, which keeps the query in its URL.
  function build(onPage) {
    const given = new URLSearchParams(onPage ? location.search : "");
    const results = element("div", { className: "results", id: "~results", hidden: true });
    results.setAttribute("role", "listbox");
    results.setAttribute("aria-label", say.search);
    const input = field(given.get("q") ?? "", results.id);
    const filters = element("div", { className: "filters" });
    const status = element("p", { className: "fine", textContent: say.hint });
    status.setAttribute("role", "status");
    const note = element("div", { className: "search-note" });
    const more = element("button", { type: "button", className: "quiet", textContent: say.more, hidden: true });
    const form = element("form", { className: "search-ui" }, element("div", { className: "row" }, input), filters, status, note, results, more);
    const box = combobox(input, results);
    let found = { hits: [], asked: [] }, turn = 0, literal = "";

    const first = (hits) => Promise.all(hits.slice(0, AT_ONCE).map(finder.record));
    function list(records) {
      results.append(...records.map((hit) => show(hit, found.asked)));
      more.hidden = results.querySelectorAll("[role=option]").length >= found.hits.length;
      box.changed();
    }
    async function add() {
      const mine = turn, shown = results.children.length;
      const records = await first(found.hits.slice(shown));
      if (mine === turn && shown === results.children.length) list(records);
    }
    function remember(chosen) {
      const asking = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
      try { history.replaceState(null, "", asking.size ? "?" + asking : location.pathname); } catch { /* a file may not */ }
    }
    // Notes above the hits: the corrected query, or, without hits, where to look next.
    function notes(query, { fixed, hits, asked }, near) {
      if (fixed) {
        const back = element("button", { type: "button", className: "link", textContent: filled(say.literal, { q: query }) });
        back.addEventListener("click", () => { literal = query; run(); input.focus(); });
        return [element("p", {}, filled(say.fixed, { q: fixed }) + " ", back)];
      }
      if (hits.length || !asked.length) return [];
      const again = near.map((word) => {
        const button = element("button", { type: "button", className: "link", textContent: word });
        button.addEventListener("click", () => { input.value = word; run(); input.focus(); });
        return [" ", button];
      });
      const places = [["register", "register.html"], ["matrix", "matrix.html"]].flatMap(([key, url]) => {
        const name = document.querySelector(`.side a[href$="${url}"]`)?.textContent;
        return name ? [" · ", element("a", { href: root + url, textContent: name })] : [];
      });
      return [
        ...near.length ? [element("p", {}, say.try, ...again.flat())] : [],
        element("p", {}, say.elsewhere, " ", ...places.slice(1)),
      ];
    }
    async function ask(query, chosen) {
      const found = query ? await finder.search(query, chosen, { literal: literal === query }) : { hits: [], asked: [] };
      const near = query && !found.hits.length && found.asked.length ? await finder.suggestions(query) : [];
      return { found, near, records: await first(found.hits), known: await finder.prepare() };
    }
    const phrase = (query, { hits, asked, also }) => {
      if (!query) return say.hint;
      if (!asked.length) return say.short;
      if (!hits.length) return filled(say.none, { q: query });
      return [counted(say.results, hits.length), ...also?.length ? [filled(say.also, { names: also.join(", ") })] : []].join(" · ");
    };
    async function run() {
      const mine = ++turn, chosen = Object.fromEntries(new FormData(form)), query = input.value.trim();
      if (onPage) remember({ ...chosen, q: query });
      let answer, text = say.failed;
      try {
        answer = await ask(query, chosen);
        text = phrase(query, answer.found);
      } catch { answer = { found: { hits: [], asked: [] }, near: [], records: [] }; }
      if (mine !== turn) return;
      // Keep the previous hits until the new ones are complete, and announce the number of hits last.
      found = answer.found;
      results.replaceChildren(...!query && answer.known ? offers(answer.known.index) : []);
      list(answer.records);
      note.replaceChildren(...answer.known ? notes(query, found, answer.near) : []);
      status.textContent = text;
    }
    let timer;
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 120); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const chosen = input.getAttribute("aria-activedescendant");
      clearTimeout(timer);
      if (!chosen) await run();
      if (input.value.trim() || chosen) box.current()?.click();
    });
    more.addEventListener("click", async () => {
      const last = results.lastElementChild;
      await add().catch(() => { status.textContent = say.failed; });
      last?.nextElementSibling?.focus();
    });
    const start = () => finder.prepare().then(
      (known) => { if (!filters.hasChildNodes()) filters.append(...choices(given, known)); },
      () => { status.textContent = say.failed; },
    );
    // Put anything typed before the field existed into it, with the cursor after it.
    function begin(typed) {
      if (!typed) input.select();
      else {
        input.value = typed;
        input.focus();
        input.setSelectionRange(typed.length, typed.length);
      }
      run();
    }
    return { form, input, run, start, begin };
  }

  let dialog, inside, own;
  Object.assign(window.clausebook, {
    openSearch(typed) {
      if (own) return void own.begin(typed);
      if (!dialog) {
        inside = build(false);
        dialog = element("dialog", { className: "search-dialog" }, inside.form);
        dialog.setAttribute("aria-label", say.search);
        inside.input.after(element("button", { type: "button", className: "quiet", textContent: say.close, onclick: () => dialog.close() }));
        dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest(".results a")) dialog.close(); });
        document.body.append(dialog);
      }
      inside.start();
      if (!dialog.open) dialog.showModal();
      inside.begin(typed);
    },
    async searchPage() {
      own = build(true);
      document.querySelector(".search-box").append(own.form);
      own.input.focus();
      await own.start();
      await own.run();
    },
  });
})();
