// Finds sections of the handbook; search.js shows them. Index files are scripts that call `clausebookSearch(part)`, because
// scripts load from file:// and under a strict policy, where data does not. A query loads the directory, the table of
// pages, the term files for its words (up to 3 per spelling of a word, as many again for ends of words, up to 8 words),
// the word list if a word is not found, and the records and facts of the hits that are shown. Every part is an object with a `kind`:
//
// find/index.js        {kind: "index", build, asOf, per, short, perShort, sections, terms, kinds, owners, services,
//                      locations, groups, also, central}: `build` is a hash that makes browsers fetch new files; a record
//                      file has `perShort` of the first `short` sections (clauses, portal pages, entries), or `per` of the
//                      others; `sections` is their total number; `terms` the first term of each term file, separated by
//                      spaces, in order of UTF-16 units; `kinds` [key, name], names in `owners`, `services` and
//                      `locations`, `groups` [number, title], all in the order of the indexes in pages.js; `also` lists
//                      of synonyms; `central` the pages with the most references to them, as [id, title, url].
// find/pages.js        {kind: "pages", per, sections, state, type, group, retires}: one entry per page (clauses, portal
//                      pages, entries, documents), in order: its number of sections (the first is the start of the page,
//                      with its title); its state on `asOf` as one character of a string, an index into STATES or "-";
//                      type and group as indexes, or -1; `retires` maps the number of a page to the days from `asOf`
//                      until it is retired; `per` is the number of pages per fact file.
// find/p/N.js          {kind: "facts", file: N, owner, service, location, later}: the pages from N * per: the owner as an
//                      index, a list if there are several, or -1; `service` and `location` map the page's number in the
//                      file to lists; `later` has the later states, each after the days from `asOf`: "38 6 69 5".
// find/t/N.js          {kind: "terms", file: N, terms, lists}: terms in order, and a list for each, separated by spaces; the
//                      end of a longer word has a `~` before it.
//                      A list has the sections with the term, numbered from 0 across all pages: the distance from the
//                      previous one (from -1 for the first) in base 36, empty for 1, then the weight, `A` to `Y`, or `Z`
//                      if the term is the page's ID. A list cut to its heaviest sections starts with the full number
//                      and `*`.
// find/r/N.js          {kind: "records", file: N, pages, records}: files of short sections first, then those of documents;
//                      a section is [anchor, heading, text] (up to about 600 bytes, a line per block); `pages` maps the
//                      number of a page to [id, title, url].
// find/words.js        {kind: "words", words}: the most frequent words, most frequent first, for correcting typing errors.
//
// fold.js splits text into terms.
(() => {
  const { load, fold, terms, spellings, stem, cut, parse, alike, hasCompounds, NUMBER, UNSPACED, JOINED } = window.clausebook;
  const STATES = ["retired", "draft", "in-review", "future", "changed", "overdue", "due-soon", "current"];
  const MOST_FILES = 3, MOST_TERMS = 8, MOST_OF_PAGE = 3, ELSEWHERE = 0.45;
  // Documents that tell readers what to do rank above records of what was done.
  const KINDS = {
    procedure: 1.3, "work-instruction": 1.3, process: 1.2, policy: 1.15, plan: 1.1, guideline: 1.1, agreement: 1.05, page: 1,
    catalogue: 1, specification: 1.1, analysis: 0.7, register: 0.8, report: 0.4, record: 0.4, template: 0.4, "~clause": 0.7,
  };
  let index, pages, vocabulary;
  const termFiles = new Map(), recordFiles = new Map(), factFiles = new Map();
  window.clausebookSearch = (part) => {
    if (part.kind === "index") index = { ...part, terms: part.terms.split(" ") };
    else if (part.kind === "terms") termFiles.set(part.file, { terms: part.terms.split(" "), lists: part.lists.split(" ") });
    else if (part.kind === "facts") factFiles.set(part.file, part);
    else if (part.kind === "records") recordFiles.set(part.file, part);
    else if (part.kind === "words") vocabulary = part.words ? part.words.split(" ") : [];
    else pages = part;
  };
  const file = (name) => load(`find/${name}.js?v=${index.build}`);

  // Runs `work` once, but again at the next call if it failed.
  const once = (work) => {
    let done;
    return () => done ??= work().catch((error) => { done = undefined; throw error; });
  };
  const open = once(async () => {
    // Bypass caches for the directory, because it names the version of all other files.
    await load(`find/index.js?t=${Date.now()}`);
    index.also = [...index.also, ...alike].map((texts) => texts.map((text) => ({ text, parts: terms(fold(text)) })));
    index.days = (Date.parse(window.clausebook.today) - Date.parse(index.asOf)) / 864e5;
  });
  const prepare = once(async () => {
    await open();
    await file("pages");
    pages.pageOf = new Uint32Array(index.sections);
    let section = 0;
    pages.sections.forEach((count, page) => { pages.pageOf.fill(page, section, section += count); });
    return { index, pages };
  });

  // Loads the fact files for these pages.
  const factsOf = (all) => Promise.all([...new Set(all.map((page) => Math.floor(page / pages.per)))].map((number) => file("p/" + number)));
  const fact = (page, name) => factFiles.get(Math.floor(page / pages.per))[name][page % pages.per];
  // The state on the reader's day, as on the badges (days.js).
  function stateOf(page) {
    const later = fact(page, "later").split(" ");
    let state = pages.state[page];
    for (let at = 0; at + 1 < later.length && Number(later[at]) <= index.days; at += 2) state = later[at + 1];
    return STATES[state] ?? "";
  }
  const isRetired = ({ page }) => STATES[pages.state[page]] === "retired" || pages.retires[page] <= index.days;

  // Returns a function that scores how well a term matches: 8.1 matches 8.1.2 and 2026 matches 2026-10; 8.10 is no match.
  function fit(wanted) {
    const begun = (term) => 0.35 + 0.3 * wanted.length / term.length;
    if (/\d$/.test(wanted) && (wanted.includes(".") || NUMBER.test(wanted) && !wanted.includes("-"))) {
      return (term) => term === wanted ? 1 : term.startsWith(wanted) && /^[-_.]/.test(term.slice(wanted.length)) ? begun(term) : 0;
    }
    const base = stem(wanted);
    return (term) => {
      if (term === wanted) return 1;
      if (term.startsWith(base) && stem(term) === base) return 0.9;
      return term.startsWith(wanted) ? begun(term) : 0;
    };
  }

  // Weights per section of the terms that match, separately for forms of the word and for terms that merely start with it.
  // `count` is the number of sections with the term, even if the list is cut. `ends` has sections with longer words that
  // end in the term or have it in the middle, in languages with compounds.
  async function lookUp(wanted) {
    const none = () => ({ found: new Map(), ids: new Map(), count: 0, partial: false });
    const whole = none(), begun = none(), ends = none();
    const fits = fit(wanted);
    const read = (looked, add) => {
      for (const number of filesOf(looked)) {
        const { terms: known, lists } = termFiles.get(number);
        known.forEach((term, at) => add(term, lists[at]));
      }
    };
    await filesFor([wanted]);
    read(wanted, (term, list) => { const share = fits(term); if (share) addList(share < 0.9 ? begun : whole, list, share); });
    if (hasCompounds && wanted.length > 4) {
      await filesFor([`~${wanted}`]);
      read(`~${wanted}`, (term, list) => { const share = term.startsWith("~") && fits(term.slice(1)); if (share) addList(ends, list, share); });
    }
    return { whole, begun, ends };
  }
  // The file with the term itself, then those with its other forms and with longer terms that start with it.
  function filesOf(wanted) {
    const place = (term) => Math.max(index.terms.findLastIndex((first) => first <= term), 0);
    const files = new Set([place(wanted), place(stem(wanted))]);
    for (let next = place(wanted) + 1; files.size < MOST_FILES && index.terms[next]?.startsWith(stem(wanted)); next += 1) files.add(next);
    return files;
  }
  const filesFor = (all) => Promise.all([...new Set(all.flatMap((wanted) => [...filesOf(wanted)]))].map((number) => file("t/" + number)));
  function addList(result, list, share) {
    const all = list.indexOf("*");
    let section = -1, told = 0;
    for (const [, distance, letter] of list.slice(all + 1).matchAll(/([0-9a-z]*)([A-Z])/g)) {
      section += distance ? parseInt(distance, 36) : 1;
      told += 1;
      raise(result.found, section, (letter.charCodeAt(0) - 64) * share);
      if (letter === "Z") raise(result.ids, section, share);
    }
    if (all >= 0) result.partial = true;
    result.count += all < 0 ? told : Number(list.slice(0, all));
  }
  const raise = (map, key, value) => { if (value > (map.get(key) ?? 0)) map.set(key, value); };

  // Whole words count fully, prefix matches a little, and ends of words less; what there is instead of better matches
  // counts fully.
  function together({ whole, begun, ends }) {
    const isWhole = whole.found.size > 0, best = [whole, begun, ends].find((one) => one.found.size) ?? whole;
    const found = new Map(), ids = new Map(whole.ids);
    const shares = [1, best === whole ? 0.3 : 1, best === ends ? 1 : 0.2];
    [whole, begun, ends].forEach((one, at) => { for (const [section, weight] of one.found) raise(found, section, weight * shares[at]); });
    for (const [section, share] of begun.ids) raise(ids, section, share);
    return { found, ids, count: best.count, partial: whole.partial || begun.partial, isWhole };
  }
  function either(results) {
    const [first, ...rest] = results;
    for (const { found, ids, count, partial, isWhole } of rest) {
      for (const [section, weight] of found) raise(first.found, section, weight);
      for (const [section, share] of ids) raise(first.ids, section, share);
      first.count = Math.max(first.count, count);
      first.partial ||= partial;
      first.isWhole ||= isWhole;
    }
    return first;
  }

  async function gather(asked) {
    const results = [];
    await filesFor(asked.slice(0, MOST_TERMS).flatMap((word) => word.terms));
    for (const word of asked.slice(0, MOST_TERMS)) {
      const found = either(await Promise.all(word.terms.map(async (term) => together(await lookUp(term)))));
      if (found.found.size || !word.parts?.length) { results.push({ word, ...found }); continue; }
      for (const term of word.parts.slice(0, MOST_TERMS - results.length)) {
        results.push({ word: { text: term, terms: [term] }, ...together(await lookUp(term)) });
      }
    }
    await addAlso(results);
    await addPairs(results);
    return results;
  }

  // Sections that contain all these words; the lowest weight counts.
  async function haveAll(asked) {
    const lists = await Promise.all(asked.map(async (word) => (await lookUp(word)).whole.found));
    const all = new Map();
    for (const [section, weight] of lists[0]) {
      if (lists.every((list) => list.has(section))) all.set(section, Math.min(weight, ...lists.map((list) => list.get(section))));
    }
    return all;
  }
  // Adds sections that use a synonym from the glossary.
  async function addAlso(results) {
    const asked = results.map(({ word }) => stem(word.terms[0]));
    for (const texts of index.also) {
      for (const { parts } of texts) {
        const stems = parts.map(stem);
        const at = asked.findIndex((_, at) => stems.length && stems.every((one, next) => asked[at + next] === one));
        if (at < 0) continue;
        for (const other of texts.filter((one) => one.parts !== parts && one.parts.length)) {
          const found = await haveAll(other.parts.slice(0, 4));
          for (const result of results.slice(at, at + stems.length)) {
            for (const [section, weight] of found) raise(result.found, section, weight * 0.7);
            if (found.size) (result.word.also ??= []).push(other);
          }
        }
      }
    }
  }
  // Makes `roll back` find roll-back and rollback too.
  async function addPairs(results) {
    if (results.length > 4) return;
    for (let at = 0; at + 1 < results.length; at += 1) {
      const pair = results[at].word.text + results[at + 1].word.text;
      if (!/^\p{L}+$/u.test(pair)) continue;
      const { whole } = await lookUp(pair);
      for (const [section, weight] of whole.found) {
        raise(results[at].found, section, weight);
        raise(results[at + 1].found, section, weight);
      }
      if (whole.found.size) results[at].word.terms = [...results[at].word.terms, pair];
    }
  }

  // Replaces words without hits by similar words of the handbook; undefined if there is nothing to correct.
  async function corrected(asked, results) {
    const lost = results.filter(({ found, word }) => !found.size && !word.parts?.length && /^\p{L}{4,}$/u.test(word.text));
    if (!lost.length) return undefined;
    await file("words");
    const better = new Map(lost.map(({ word }) => [word.text, nearest(word.text) ?? halves(word.text)]).filter(([, near]) => near));
    if (!better.size) return undefined;
    return asked.flatMap((word) => better.get(word.text)?.split(" ").map((text) => ({ text, terms: [text] })) ?? [word]);
  }
  function halves(word) {
    const known = new Set(vocabulary);
    for (let at = 3; at <= word.length - 3; at += 1) {
      if (known.has(word.slice(0, at)) && known.has(word.slice(at))) return `${word.slice(0, at)} ${word.slice(at)}`;
    }
    return undefined;
  }
  function nearest(word) {
    const most = word.length < 8 ? 1 : 2;
    let best, least = most + 1;
    for (const known of vocabulary) {
      if (Math.abs(known.length - word.length) > most) continue;
      // Typing errors are rarely in the first letter.
      const far = distance(word, known, most) + (known[0] === word[0] ? 0 : 0.5);
      if (far < least) [best, least] = [known, far];
    }
    return best;
  }
  // The number of wrong, missing, extra or transposed letters; stops early with any number above `most`.
  function distance(one, other, most) {
    let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let row = 1; row <= one.length; row += 1) {
      const next = [row];
      let least = row;
      for (let at = 1; at <= other.length; at += 1) {
        let cost = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1));
        if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) cost = Math.min(cost, before[at - 2] + 1);
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return least;
      [before, last] = [last, next];
    }
    return last[other.length];
  }

  // Weighs sections: rare terms count more. A section without a term gets a part of the weight from elsewhere on its page,
  // and loses weight for each missing term, though less if the term is elsewhere on the page or its list is cut.
  function weigh(results, isId) {
    const sections = new Set(), best = new Map();
    results.forEach((result, term) => {
      result.rarity = Math.log(1 + index.sections / (result.count + 1));
      for (const [section, weight] of result.found) {
        const page = pages.pageOf[section];
        sections.add(section);
        if (!best.has(page)) best.set(page, new Float32Array(results.length));
        best.get(page)[term] = Math.max(best.get(page)[term], weight);
      }
    });
    const lone = results.length === 1 ? results[0] : undefined;
    // More matching sections on a page suggest that it is about the topic.
    const places = new Map();
    for (const section of sections) places.set(pages.pageOf[section], (places.get(pages.pageOf[section]) ?? 0) + 1);
    return [...sections].map((section) => {
      const page = pages.pageOf[section];
      let weight = 0, share = 0;
      results.forEach(({ found, rarity, partial }, term) => {
        const own = found.get(section) ?? 0, elsewhere = best.get(page)[term];
        weight += rarity * Math.max(own, elsewhere * ELSEWHERE);
        share += own ? 1 : elsewhere ? 0.6 : partial ? 0.5 : 0;
      });
      share /= results.length;
      const id = lone?.ids.get(section) ?? 0;
      return { section, page, share, weight: weight * share ** 2 * factor(page, results) * (1 + Math.log2(places.get(page)) / 10), id: id === 1 ? 2 : isId ? id : 0 };
    });
  }
  // If the query names a type of document, for example "policy", pages of that type get the highest factor.
  function factor(page, results) {
    const [key = "", name = ""] = index.kinds[pages.type[page]] ?? [];
    const isAsked = terms(fold(name)).some((term) => results.some(({ word }) => stem(word.terms[0]) === stem(term)));
    return isAsked ? 1.3 : KINDS[key] ?? 1;
  }

  const passes = (page, chosen) => (!chosen.state || stateOf(page) === chosen.state)
    && (!chosen.type || index.kinds[pages.type[page]]?.[0] === chosen.type)
    && (!chosen.owner || [fact(page, "owner")].flat().some((at) => index.owners[at] === chosen.owner))
    && ["service", "location"].every((name) => !chosen[name] || (fact(page, name) ?? []).some((at) => index[`${name}s`][at] === chosen[name]))
    && (!chosen.group || groupKey(index.groups[pages.group[page]]) === chosen.group);
  const groupKey = (group) => group && (group[0] || "-");

  // Puts the page whose ID was typed first, and retired documents last. Keeps only the best sections of each page, and
  // lowers each further one so that similarly good pages come in between.
  function ranked(hits) {
    const order = (a, b) => (b.id === 2) - (a.id === 2) || isRetired(a) - isRetired(b) || b.id - a.id || b.weight - a.weight || a.section - b.section;
    const perPage = new Map();
    hits.sort(order);
    for (const hit of hits) {
      hit.nth = perPage.get(hit.page) ?? 0;
      perPage.set(hit.page, hit.nth + 1);
      hit.weight *= 0.75 ** hit.nth;
    }
    return hits.filter(({ nth }) => nth < MOST_OF_PAGE).sort(order);
  }

  // Searches for a query: returns hits, the words searched for, the corrected query if any, and synonyms used.
  async function search(query, chosen = {}, { literal = false } = {}) {
    await open();
    let asked = parse(query), fixed;
    if (!asked.length) return { hits: [], asked };
    let [results] = await Promise.all([gather(asked), prepare()]);
    if (!literal) fixed = await corrected(asked, results);
    if (fixed) [asked, results] = [fixed, await gather(fixed)];
    const isId = asked.length === 1 && /[-_.\d]/.test(asked[0].text);
    const met = weigh(results, isId);
    if (chosen.state || chosen.owner || chosen.service || chosen.location) await factsOf(met.map(({ page }) => page));
    const hits = met.filter(({ page }) => passes(page, chosen));
    // Sections with only a few of the words are useful only if no section has more.
    const best = hits.reduce((best, { share }) => Math.max(best, share), 0);
    return {
      hits: ranked(hits.filter(({ share }) => share > Math.min(0.45, best * 0.7))),
      asked: results.map(({ word }) => word),
      fixed: fixed?.map(({ text }) => text).join(" "),
      also: [...new Set(results.flatMap(({ word }) => word.also ?? []).map(({ text }) => text))],
    };
  }

  async function record({ section, page }) {
    // Sections of documents come after the short ones, and fewer of them fit into a file.
    const isShort = section < index.short, per = isShort ? index.perShort : index.per;
    const at = isShort ? section : section - index.short;
    const number = Math.floor(at / per) + (isShort ? 0 : Math.ceil(index.short / index.perShort));
    await Promise.all([file("r/" + number), factsOf([page])]);
    const { pages: known, records } = recordFiles.get(number);
    const [id, title, url] = known[page], [anchor, heading, text] = records[at % per];
    return { id, title, url, anchor, heading, text, state: stateOf(page), type: index.kinds[pages.type[page]]?.[1] ?? "" };
  }

  // Words of the handbook similar to those of the query, to suggest if nothing was found.
  async function suggestions(query) {
    await prepare();
    await file("words");
    const near = parse(query).map(({ text }) => text).flatMap((text) => [nearest(text), vocabulary.find((word) => text.length > 3 && word.startsWith(text.slice(0, 4)))]);
    return [...new Set(near.filter(Boolean))].slice(0, 4);
  }

  // The [start, end] ranges of a text that match the query, in order and without overlaps.
  function places(text, asked) {
    const all = asked.flatMap((word) => [...word.terms, ...(word.also ?? []).flatMap((one) => one.parts)]);
    const fits = all.map(fit), found = [];
    const isMet = (term) => fits.some((one) => one(term));
    const add = (start, end) => {
      if (found.length && start <= found.at(-1)[1]) found.at(-1)[1] = Math.max(end, found.at(-1)[1]);
      else found.push([start, end]);
    };
    for (const joined of text.matchAll(JOINED)) {
      const folded = fold(joined[0]);
      if (isMet(folded) || spellings(folded).some(isMet)) { add(joined.index, joined.index + joined[0].length); continue; }
      for (const run of joined[0].matchAll(/[^-_./&+#]+/g)) {
        const start = joined.index + run.index, plain = fold(run[0]);
        if (!UNSPACED.test(plain)) {
          const inside = hasCompounds && plain.length === run[0].length && all.find((one) => one.length > 4 && plain.includes(one, 3));
          if (isMet(cut(plain))) add(start, start + run[0].length);
          else if (inside) add(start + plain.indexOf(inside, 3), start + plain.indexOf(inside, 3) + inside.length);
        } else if (plain.length === run[0].length) {
          for (let at = 0; at < plain.length; at += 1) {
            const part = all.find((one) => plain.startsWith(one, at));
            if (part) add(start + at, start + at + part.length);
          }
        }
      }
    }
    return found;
  }

  window.clausebook.finder = { STATES, prepare, search, record, suggestions, places, groupKey };
})();
