// Searches the handbook in the browser. Files of the index are scripts that call `clausebookSearch(part)`, because a
// script may be loaded from file:// and under a strict policy, where data may not. A query loads the directory, the
// table of pages, the files of terms that its words fall into (at most 3 a word, 6 words) and the files of records of
// the hits that are shown. Every part is an object with `kind`:
//
// search/index.js      {kind: "index", build, per, terms, kinds, owners, groups}: `build` is a hash that makes browsers
//                      fetch new files; `per` is how many sections a file of records holds; `terms` are the first terms
//                      of the files of terms, in order of UTF-16 units; `kinds` and `groups` are [key, name], `owners`
//                      names, each in the order that pages.js counts them by.
// search/pages.js      {kind: "pages", sections, state, type, owner, group}: one entry a page (documents, other pages,
//                      clauses), in order: how many sections it has (the first is its beginning, with its title); its
//                      state as a letter of a text, index into STATES or "-"; type, owner, group as indexes, or -1.
// search/t/N.js        {kind: "terms", file: N, terms, postings}: terms in order, and for each a flat list of pairs:
//                      distance to the section before (the first: its number), weight 1 to 255. At most the 400
//                      heaviest sections of a term. Sections are numbered from 0 through all pages.
// search/r/N.js        {kind: "records", file: N, pages, records}: sections N * per and on, as [page, anchor, heading,
//                      text] (text of about 600 characters at most); `pages` by number: {id, title, url, type, state,
//                      status, effective, nextReview, superseded, changed}, the dates as in the badges of pages.
//
// Terms are folded: NFKD, without marks, lower case, and FOLDS. A term is a run of letters and digits. Runs joined by
// single `-`, `_` or `.` of which one has a digit (`POL-CHG-001`, `8.6.1`, `A.8.32`) are also one term as a whole. Of
// writing without spaces (CJK below) every two neighbouring characters are a term, a lone character is one too. Weights
// are BM25 (k1 1.2, b 0.5) scaled to the heaviest, words of titles counting 8 times, of headings 4 times; the whole id
// of a document, and the number of a clause, weigh 255 in their first section.
(() => {
  const { all, element, counted, load, root, words, stateToday } = window.clausebook;
  const say = words.script;
  const STATES = ["current", "due-soon", "overdue", "changed", "future", "in-review", "draft", "retired"];
  const FOLDS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
  const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøłđðþı]/g, (c) => FOLDS[c]);

  let index, pages;
  const termFiles = new Map(), recordFiles = new Map();
  window.clausebookSearch = (part) => {
    if (part.kind === "index") index = part;
    else if (part.kind === "terms") termFiles.set(part.file, part);
    else if (part.kind === "records") recordFiles.set(part.file, part);
    else pages = part;
  };
  const file = (name) => load(`search/${name}.js?v=${index.build}`);

  async function prepare() {
    if (!index) await load("search/index.js");
    if (!pages) await file("pages");
    if (pages.pageOf) return;
    pages.pageOf = [];
    pages.sections.forEach((count, page) => { for (let n = 0; n < count; n += 1) pages.pageOf.push(page); });
  }

  // What a word of the query asks for: terms of which each must be found, the last letters perhaps not typed yet.
  function termsOf(word) {
    if (CJK.test(word)) {
      const letters = [...word];
      return letters.length < 2 ? [word] : letters.slice(1).map((letter, at) => letters[at] + letter);
    }
    return /^[\p{L}\p{N}]+([-_.][\p{L}\p{N}]+)+$/u.test(word) ? [word] : word.match(/[\p{L}\p{N}]+/gu) ?? [];
  }
  const plain = (word) => word.match(/[\p{L}\p{N}]+/gu) ?? [];

  // 8.1 asks for 8.1 and 8.1.2, never for 8.10.
  const asks = (wanted) => /^[\d.]+$/.test(wanted) && wanted.includes(".")
    ? (term) => term === wanted || term.startsWith(wanted + ".")
    : (term) => term.startsWith(wanted);

  // Weights by section of everything that begins with a term; whole words weigh more.
  async function lookUp(wanted) {
    let at = index.terms.findLastIndex((first) => first <= wanted);
    const found = new Map(), fits = asks(wanted);
    for (let read = 0, n = Math.max(at, 0); read < 3 && n < index.terms.length; read += 1, n += 1) {
      if (n > at && !index.terms[n].startsWith(wanted)) break;
      await file("t/" + n);
      const { terms, postings } = termFiles.get(n);
      terms.forEach((term, i) => {
        if (!fits(term)) return;
        const share = term === wanted ? 1 : 0.35 + 0.3 * wanted.length / term.length;
        for (let p = 0, section = 0; p < postings[i].length; p += 2) {
          section += postings[i][p];
          found.set(section, Math.max(found.get(section) ?? 0, postings[i][p + 1] * share));
        }
      });
    }
    return found;
  }

  async function weigh(query) {
    const asked = fold(query).split(/\s+/).filter(Boolean).slice(0, 6);
    const total = new Map();
    let parts = 0;
    for (const word of asked) {
      let terms = termsOf(word), lists = await Promise.all(terms.map(lookUp));
      if (lists.length === 1 && !lists[0].size) lists = await Promise.all((terms = plain(word)).map(lookUp));
      for (const list of lists) {
        parts += 1;
        for (const [section, weight] of list) {
          const sum = total.get(section) ?? { weight: 0, parts: 0 };
          sum.weight += weight;
          sum.parts += 1;
          total.set(section, sum);
        }
      }
    }
    return [...total].map(([section, sum]) => ({ section, page: pages.pageOf[section], weight: sum.weight * (sum.parts / parts) ** 3 }));
  }

  const isRetired = (page) => STATES[pages.state[page]] === "retired";
  const passes = (page, chosen) => (!chosen.state || STATES[pages.state[page]] === chosen.state)
    && ["type", "owner", "group"].every((name) => !chosen[name] || pages[name][page] === Number(chosen[name]));

  // At most three sections of a page; retired documents last.
  async function search(query, chosen) {
    await prepare();
    const hits = (await weigh(query)).filter(({ page }) => passes(page, chosen));
    hits.sort((a, b) => isRetired(a.page) - isRetired(b.page) || b.weight - a.weight || a.section - b.section);
    const perPage = new Map();
    return hits.filter(({ page }) => {
      perPage.set(page, (perPage.get(page) ?? 0) + 1);
      return perPage.get(page) <= 3;
    });
  }

  async function record({ section }) {
    const number = Math.floor(section / index.per);
    await file("r/" + number);
    const { pages: known, records } = recordFiles.get(number);
    const [page, anchor, heading, text] = records[section % index.per];
    return { ...known[page], anchor, heading, text };
  }

  // The text with the words that were asked for marked, from a little before the first of them.
  function marked(text, asked, most) {
    const found = [];
    for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      const folded = fold(match[0]);
      for (const word of asked) {
        const at = CJK.test(word) ? folded.indexOf(word) : folded.startsWith(word) ? 0 : -1;
        if (at >= 0) { found.push([match.index + at, match.index + (CJK.test(word) ? at + word.length : match[0].length)]); break; }
      }
    }
    const first = found[0]?.[0] ?? 0;
    let from = first > most / 2 ? text.indexOf(" ", first - 50) + 1 : 0;
    if (from > first) from = first;
    const nodes = from ? ["… "] : [];
    const end = Math.min(text.length, from + most);
    for (const [start, stop] of found) {
      if (start < from || stop > end) continue;
      nodes.push(text.slice(from, start), element("mark", { textContent: text.slice(start, stop) }));
      from = stop;
    }
    nodes.push(text.slice(from, end), end < text.length ? " …" : "");
    return nodes;
  }

  function show(hit, asked) {
    const title = element("b", {}, ...marked(hit.title, asked, 200));
    const facts = element("p", {}, [hit.id, hit.heading].filter(Boolean).join(" · "));
    if (hit.state) {
      const mark = element("span", { className: "mark" });
      mark.dataset.state = stateToday(hit);
      mark.textContent = words.state[mark.dataset.state];
      facts.append(" ", mark);
    }
    const url = root + hit.url + (hit.anchor ? "#" + hit.anchor : "");
    return element("li", {}, element("a", { href: url }, title, facts, element("p", {}, ...marked(hit.text, asked, 180))));
  }

  const option = (value, text) => element("option", { value, textContent: text });
  function choices() {
    const lists = {
      type: index.kinds.map(([, name]) => name),
      owner: index.owners,
      group: index.groups.map((group) => group.join(" ")),
    };
    const choice = (name, options) => element("label", {}, say[name], " ", element("select", { name }, option("", say.all), ...options));
    return [
      ...Object.entries(lists).map(([name, list]) => choice(name, list.map((text, at) => option(String(at), text)))),
      choice("state", STATES.map((state) => option(state, words.state[state]))),
    ];
  }

  // The same for the dialog and for the page of its own.
  function build(onPage) {
    const input = element("input", { type: "search", name: "q", placeholder: say.placeholder, autocomplete: "off" });
    input.setAttribute("aria-label", say.search);
    const filters = element("div", { className: "filters" });
    const status = element("p", { className: "fine", textContent: say.hint });
    status.setAttribute("role", "status");
    const results = element("ol", { className: "results" });
    const more = element("button", { type: "button", className: "quiet", textContent: say.more, hidden: true });
    const form = element("form", { className: "search-ui" }, input, filters, status, results, more);
    let hits = [], asked = [], turn = 0;

    async function add() {
      const mine = turn;
      const shown = await Promise.all(hits.slice(results.children.length, results.children.length + 10).map(record));
      if (mine !== turn) return;
      results.append(...shown.map((hit) => show(hit, asked)));
      more.hidden = results.children.length >= hits.length;
    }
    async function run() {
      const mine = ++turn, query = input.value.trim();
      if (onPage) try { history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname); } catch { /* a file may not */ }
      asked = fold(query).split(/\s+/).flatMap(plain);
      let found = [], text = say.short;
      try {
        if (query.length > 1 || CJK.test(query)) {
          found = await search(query, Object.fromEntries(new FormData(form)));
          text = found.length ? counted(say.results, found.length) : say.none.replace("{q}", query);
        }
      } catch { text = say.failed; }
      if (mine !== turn) return;
      hits = found;
      status.textContent = text;
      results.replaceChildren();
      await add().catch(() => { status.textContent = say.failed; });
    }
    let timer;
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 120); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      await run();
      results.querySelector("a")?.click();
    });
    form.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.matches("select")) return;
      const stops = [input, ...all("a", results)];
      const next = stops[stops.indexOf(document.activeElement) + step];
      event.preventDefault();
      next?.focus();
    });
    more.addEventListener("click", add);
    prepare().then(() => filters.append(...choices()), () => { status.textContent = say.failed; });
    return { form, input, run };
  }

  let dialog, inside;
  window.clausebook.openSearch = () => {
    if (!dialog) {
      inside = build(false);
      dialog = element("dialog", { className: "search-dialog" }, inside.form);
      dialog.setAttribute("aria-label", say.search);
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    inside.input.select();
  };
  window.clausebook.searchPage = () => {
    const own = build(true);
    document.querySelector(".search-box").append(own.form);
    own.input.value = new URLSearchParams(location.search).get("q") ?? "";
    own.input.focus();
    if (own.input.value) own.run();
  };
})();
