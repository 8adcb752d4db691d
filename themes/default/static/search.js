// Searches the handbook in the browser. Files of the index are scripts that call `clausebookSearch(part)`, because a
// script may be loaded from file:// and under a strict policy, where data may not. A query loads the directory, the
// table of pages, the files of terms that its words fall into (at most 3 a word, 8 words) and the files of records of
// the hits that are shown. Every part is an object with `kind`:
//
// find/index.js        {kind: "index", build, asOf, per, sections, terms, kinds, owners, groups}: `build` is a hash that
//                      makes browsers fetch new files; `per` is how many sections a file of records holds; `sections`
//                      how many there are; `terms` the first terms of the files of terms, with spaces between, in order
//                      of UTF-16 units; `kinds` [key, name], `owners` names, `groups` [number, title], each in the order
//                      that pages.js counts them by.
// find/pages.js        {kind: "pages", sections, state, type, owner, group, later}: one entry a
//                      page (clauses, own pages, documents), in order: how many sections it has (the first is its
//                      beginning, with its title); its state as a letter of a text, index into STATES or "-"; type,
//                      owner, group as indexes, or -1, several owners as a list; `later` its later states, each with the days from `asOf`
//                      until it is reached: "38 6 69 5".
// find/t/N.js          {kind: "terms", file: N, terms, lists}: terms in order, and for each a list, with spaces between.
//                      A list tells sections, which are numbered from 0 through all pages: for each the distance to the
//                      one before (the first: to -1) in base 36, nothing for 1, and a weight, `A` to `Y`; `Z` where the
//                      term is the page's id. A list of the heaviest only begins with the number of all and `*`.
// find/r/N.js          {kind: "records", file: N, pages, records}: sections N * per and on, as [anchor, heading, text]
//                      (text of about 600 bytes at most); `pages` by number: [id, title, url].
//
// Terms are made by `fold` and `terms`, as src/site/search/fold.rs makes them.
(() => {
  const { all, element, counted, load, root, words } = window.clausebook;
  const say = words.script;
  const STATES = ["retired", "draft", "in-review", "future", "changed", "overdue", "due-soon", "current"];
  const MOST_FILES = 3, MOST_TERMS = 8, MOST_OF_PAGE = 3, AT_ONCE = 10;

  // What letters count as the same: see fold.rs.
  const FOLDS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
  const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670]/g;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const JOINED = /[\p{L}\p{N}\p{M}]+(?:[-_.][\p{L}\p{N}\p{M}]+)*/gu;
  const NUMBER = /^[-_.\d]+$/;
  const fold = (text) => text.normalize("NFKD").replace(ACCENTS, "").toLowerCase().replace(/[ßæœøłđðþıς]/g, (c) => FOLDS[c]).normalize("NFC");
  const isShort = (term) => new TextEncoder().encode(term).length <= 64;

  // The terms of a run without joints: itself, or pairs of neighbours where writing has no spaces.
  function termsOfRun(run) {
    const parts = [];
    for (const letter of run) {
      const unspaced = UNSPACED.test(letter);
      if (parts.at(-1)?.unspaced === unspaced) parts.at(-1).letters.push(letter);
      else parts.push({ unspaced, letters: [letter] });
    }
    return parts.flatMap(({ unspaced, letters }) => {
      if (unspaced) return letters.map((letter, at) => letter + (letters[at + 1] ?? ""));
      return letters.length > 1 ? [letters.join("")] : [];
    });
  }
  function termsOfJoined(joined) {
    const isJoined = /[-_.]/.test(joined);
    const whole = isJoined && /\d/.test(joined) ? [joined] : [];
    const runs = isJoined && NUMBER.test(joined) ? [] : joined.split(/[-_.]/).flatMap(termsOfRun);
    return { isJoined, whole: whole.filter(isShort), runs: runs.filter(isShort) };
  }
  const terms = (folded) => (folded.match(JOINED) ?? []).map(termsOfJoined).flatMap(({ whole, runs }) => [...whole, ...runs]);

  // What a query asks for, term by term: what is joined is asked for as a whole, and in parts if there is no such whole.
  function parse(query) {
    const asked = (fold(query).match(JOINED) ?? []).map((joined) => {
      const { isJoined, runs } = termsOfJoined(joined);
      const pairs = runs.filter((term) => [...term].length > 1);
      const parts = pairs.length ? pairs : runs;
      return isJoined ? { first: [joined], then: parts } : { first: parts, then: [] };
    });
    const lone = fold(query.trim());
    const useful = asked.filter(({ first }) => first.length);
    return useful.length || !/^\d$/.test(lone) ? useful : [{ first: [lone], then: [] }];
  }

  let index, pages;
  const termFiles = new Map(), recordFiles = new Map();
  window.clausebookSearch = (part) => {
    if (part.kind === "index") index = { ...part, terms: part.terms.split(" ") };
    else if (part.kind === "terms") termFiles.set(part.file, { terms: part.terms.split(" "), lists: part.lists.split(" ") });
    else if (part.kind === "records") recordFiles.set(part.file, part);
    else pages = part;
  };
  const file = (name) => load(`find/${name}.js?v=${index.build}`);

  let ready;
  const prepare = () => ready ??= (async () => {
    // The directory is never taken from a cache: it tells which version of the rest there is.
    await load(`find/index.js?t=${Date.now()}`);
    await file("pages");
    pages.pageOf = new Uint32Array(index.sections);
    let section = 0;
    pages.sections.forEach((count, page) => { pages.pageOf.fill(page, section, section += count); });
    pages.states = [...pages.state].map((_, page) => stateOf(page));
  })().catch((error) => { ready = undefined; throw error; });

  // The state on the reader's day, as badges have it.
  function stateOf(page) {
    const days = (Date.parse(window.clausebook.today) - Date.parse(index.asOf)) / 864e5;
    const later = pages.later[page].split(" ");
    let state = pages.state[page];
    for (let at = 0; at + 1 < later.length && Number(later[at]) <= days; at += 2) state = later[at + 1];
    return STATES[state] ?? "";
  }

  // Whether a term fits what is asked for: 8.1 fits 8.1.2 and 2026 fits 2026-10, but 8.1 never fits 8.10.
  const fits = (wanted) => /\d$/.test(wanted) && (wanted.includes(".") || NUMBER.test(wanted) && !wanted.includes("-"))
    ? (term) => term === wanted || term.startsWith(wanted) && /^[-_.]/.test(term.slice(wanted.length))
    : (term) => term.startsWith(wanted);

  // Weights by section of everything that fits a term; whole words weigh more. `count` is how many sections have it, also
  // where not all are told.
  async function lookUp(wanted) {
    const at = Math.max(index.terms.findLastIndex((first) => first <= wanted), 0);
    const result = { found: new Map(), ids: new Map(), count: 0, partial: false }, isFit = fits(wanted);
    for (let n = at; n < Math.min(at + MOST_FILES, index.terms.length); n += 1) {
      if (n > at && !index.terms[n].startsWith(wanted)) break;
      await file("t/" + n);
      const { terms: known, lists } = termFiles.get(n);
      known.forEach((term, i) => { if (isFit(term)) addList(result, lists[i], wanted.length / term.length); });
    }
    return result;
  }
  function addList(result, list, share) {
    const all = list.indexOf("*");
    let section = -1, told = 0;
    for (const [, distance, letter] of list.slice(all + 1).matchAll(/([0-9a-z]*)([A-Z])/g)) {
      section += distance ? parseInt(distance, 36) : 1;
      told += 1;
      const weight = (letter.charCodeAt(0) - 64) * (share === 1 ? 1 : 0.35 + 0.3 * share);
      if (weight > (result.found.get(section) ?? 0)) result.found.set(section, weight);
      if (letter === "Z" && share > (result.ids.get(section) ?? 0)) result.ids.set(section, share);
    }
    if (all >= 0) result.partial = true;
    result.count += all < 0 ? told : Number(list.slice(0, all));
  }

  async function gather(asked) {
    const results = [];
    for (const { first, then } of asked) {
      let found = await Promise.all(first.slice(0, MOST_TERMS - results.length).map(lookUp));
      if (then.length && !found.some((one) => one.found.size)) found = await Promise.all(then.slice(0, MOST_TERMS - results.length).map(lookUp));
      results.push(...found);
    }
    return results;
  }

  // Weights of sections: rare terms count more, and a section without a term counts less, the least so when its page has
  // the term elsewhere, or when not every section of the term is told.
  async function weigh(asked) {
    const results = await gather(asked);
    const sums = new Map(), onPage = new Map();
    results.forEach(({ found, count }, term) => {
      const rarity = Math.log(1 + index.sections / (count + 1));
      for (const [section, weight] of found) {
        const sum = sums.get(section) ?? { weight: 0, has: 0 };
        sum.weight += weight * rarity;
        sum.has |= 1 << term;
        sums.set(section, sum);
        const page = pages.pageOf[section];
        onPage.set(page, onPage.get(page) | 1 << term);
      }
    });
    const lone = results.length === 1 ? results[0] : undefined;
    const isId = asked.length === 1 && /[-_.\d]/.test(asked[0].first[0]);
    const hits = [...sums].map(([section, { weight, has }]) => {
      const page = pages.pageOf[section];
      let share = 0;
      results.forEach(({ partial }, term) => { share += has >> term & 1 ? 1 : onPage.get(page) >> term & 1 ? 0.6 : partial ? 0.5 : 0; });
      share /= results.length;
      const id = lone?.ids.get(section) ?? 0;
      return { section, page, share, weight: weight * share ** 3, id: id === 1 ? 2 : isId ? id : 0 };
    });
    // What has only the smaller part of the words is of use when nothing has them all.
    return hits.some(({ share }) => share === 1) ? hits.filter(({ share }) => share > 0.5) : hits;
  }

  const passes = (page, chosen) => (!chosen.state || pages.states[page] === chosen.state)
    && (!chosen.type || index.kinds[pages.type[page]]?.[0] === chosen.type)
    && (!chosen.owner || [pages.owner[page]].flat().some((at) => index.owners[at] === chosen.owner))
    && (!chosen.group || groupKey(index.groups[pages.group[page]]) === chosen.group);
  const groupKey = (group) => group && (group[0] || "-");

  // Whose id was typed comes first, retired documents last; of a page only the best sections.
  async function search(asked, chosen) {
    await prepare();
    const hits = (await weigh(asked)).filter(({ page }) => passes(page, chosen));
    const isRetired = ({ page }) => pages.states[page] === "retired";
    hits.sort((a, b) => (b.id === 2) - (a.id === 2) || isRetired(a) - isRetired(b) || b.id - a.id || b.weight - a.weight || a.section - b.section);
    const perPage = new Map();
    return hits.filter(({ page }) => {
      perPage.set(page, (perPage.get(page) ?? 0) + 1);
      return perPage.get(page) <= MOST_OF_PAGE;
    });
  }

  async function record({ section, page }) {
    const number = Math.floor(section / index.per);
    await file("r/" + number);
    const { pages: known, records } = recordFiles.get(number);
    const [id, title, url] = known[page], [anchor, heading, text] = records[section % index.per];
    return { id, title, url, anchor, heading, text, state: pages.states[page], type: index.kinds[pages.type[page]]?.[1] ?? "" };
  }

  // The places in a text that fit what is asked for, in order, none within another.
  function places(text, asked) {
    const wholes = asked.filter(({ first, then }) => then.length || first.some((term) => /[-_.]/.test(term))).flatMap(({ first }) => first);
    const parts = asked.flatMap(({ first, then }) => [...first, ...then]).filter((term) => !/[-_.]/.test(term));
    const found = [];
    const add = (start, end) => {
      if (found.length && start <= found.at(-1)[1]) found.at(-1)[1] = Math.max(end, found.at(-1)[1]);
      else found.push([start, end]);
    };
    for (const joined of text.matchAll(JOINED)) {
      const folded = fold(joined[0]);
      if (wholes.some((whole) => fits(whole)(folded))) { add(joined.index, joined.index + joined[0].length); continue; }
      for (const run of joined[0].matchAll(/[^-_.]+/g)) {
        const start = joined.index + run.index, plain = fold(run[0]);
        if (!UNSPACED.test(plain)) {
          if (parts.some((part) => fits(part)(plain))) add(start, start + run[0].length);
        } else if (plain.length === run[0].length) {
          for (let at = 0; at < plain.length; at += 1) {
            const part = parts.find((one) => plain.startsWith(one, at));
            if (part) add(start + at, start + at + part.length);
          }
        }
      }
    }
    return found;
  }

  // The text with what was asked for marked, from a little before the first of it.
  function marked(text, asked, most) {
    const found = places(text, asked);
    const first = found[0]?.[0] ?? 0;
    let from = 0;
    if (first > most / 2) {
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

  function show(hit, asked) {
    const title = element("p", { className: "name" }, element("b", {}, ...marked(hit.title, asked, 200)));
    if (hit.heading) title.append(" ", element("span", { className: "section" }, ...marked(hit.heading, asked, 120)));
    const link = element("a", { href: root + hit.url + (hit.anchor ? "#" + encodeURIComponent(hit.anchor) : "") }, title);
    const facts = element("p", {}, hit.type);
    if (hit.id) facts.append(" ", element("span", { className: "number" }, ...marked(hit.id, asked, 80)));
    if (hit.state) {
      const mark = element("span", { className: "mark", textContent: words.state[hit.state] });
      mark.dataset.state = hit.state;
      facts.append(" ", mark);
    }
    link.append(facts);
    if (hit.text) link.append(element("p", {}, ...marked(hit.text, asked, 200)));
    return element("li", {}, link);
  }

  const option = (value, text) => element("option", { value, textContent: text });
  function choices(chosen) {
    const choice = (name, options) => {
      const select = element("select", { name }, option("", say.all), ...options);
      select.value = options.some((one) => one.value === chosen.get(name)) ? chosen.get(name) : "";
      return element("label", {}, element("span", { textContent: say[name] }), " ", select);
    };
    const groups = index.groups.filter((_, at) => pages.group.includes(at));
    return [
      choice("type", index.kinds.map(([key, name]) => option(key, name))),
      choice("owner", index.owners.map((name) => option(name, name))),
      choice("state", STATES.toReversed().map((state) => option(state, words.state[state]))),
      choice("group", groups.map((group) => option(groupKey(group), group.join(" ").trim()))),
    ];
  }

  // The same for the dialog and for the page of its own, which keeps what is asked for in its address.
  function build(onPage) {
    const given = new URLSearchParams(onPage ? location.search : "");
    const input = element("input", { type: "search", name: "q", placeholder: say.placeholder, autocomplete: "off", value: given.get("q") ?? "" });
    input.setAttribute("aria-label", say.search);
    const filters = element("div", { className: "filters" });
    const status = element("p", { className: "fine", textContent: say.hint });
    status.setAttribute("role", "status");
    const results = element("ol", { className: "results" });
    const more = element("button", { type: "button", className: "quiet", textContent: say.more, hidden: true });
    const form = element("form", { className: "search-ui" }, element("div", { className: "row" }, input), filters, status, results, more);
    let hits = [], asked = [], turn = 0;

    const first = (hits) => Promise.all(hits.slice(0, AT_ONCE).map(record));
    function list(records) {
      results.append(...records.map((hit) => show(hit, asked)));
      more.hidden = results.children.length >= hits.length;
    }
    async function add() {
      const mine = turn, shown = results.children.length;
      const records = await first(hits.slice(shown));
      if (mine === turn && shown === results.children.length) list(records);
    }
    function remember(chosen) {
      const asking = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
      try { history.replaceState(null, "", asking.size ? "?" + asking : location.pathname); } catch { /* a file may not */ }
    }
    async function run() {
      const mine = ++turn, chosen = Object.fromEntries(new FormData(form)), query = input.value.trim();
      if (onPage) remember({ ...chosen, q: query });
      const wanted = parse(query);
      let found = [], records = [], text = query ? say.short : say.hint;
      try {
        if (wanted.length) {
          found = await search(wanted, chosen);
          records = await first(found);
          text = found.length ? counted(say.results, found.length) : say.none.replace("{q}", () => query);
        }
      } catch { [found, records, text] = [[], [], say.failed]; }
      if (mine !== turn) return;
      // The number of results is said when they are there, and what was there before stays until then.
      [hits, asked] = [found, wanted];
      results.replaceChildren();
      list(records);
      status.textContent = text;
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
      event.preventDefault();
      stops[stops.indexOf(document.activeElement) + step]?.focus();
    });
    more.addEventListener("click", async () => {
      const last = results.lastElementChild;
      await add().catch(() => { status.textContent = say.failed; });
      last?.nextElementSibling?.querySelector("a").focus();
    });
    const start = () => prepare().then(
      () => { if (!filters.hasChildNodes()) filters.append(...choices(given)); },
      () => { status.textContent = say.failed; },
    );
    // What was typed before there was a field for it is in it now, with the cursor behind it.
    function begin(typed) {
      if (!typed) return input.select();
      input.value = typed;
      input.focus();
      input.setSelectionRange(typed.length, typed.length);
      run();
    }
    return { form, input, run, start, begin };
  }

  let dialog, inside, own;
  Object.assign(window.clausebook, {
    fold,
    terms,
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
      if (own.input.value) await own.run();
    },
  });
})();
