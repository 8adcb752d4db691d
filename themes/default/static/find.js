// Finds sections of the handbook, without showing them. Files of the index are scripts that call `clausebookSearch(part)`,
// because a script may be loaded from file:// and under a strict policy, where data may not. A query loads the directory,
// the table of pages, the files of terms that its words fall into (3 a word, 8 words at most), the list of words if one of
// them is not found, and the files of records and facts of the hits that are shown. Every part is an object with `kind`:
//
// find/index.js        {kind: "index", build, asOf, per, short, perShort, sections, terms, kinds, owners, services, locations,
//                      groups, also, central}: `build` is a
//                      hash that makes browsers fetch new files; the first `short` sections (clauses, own pages, entries) are `perShort` a file of records, the others `per`;
//                      `sections` how many there are; `terms` the first terms of the files of terms, with spaces between, in
//                      order of UTF-16 units; `kinds` [key, name], `owners`, `services` and `locations` names, `groups` [number, title], each in the
//                      order that pages.js counts them by; `also` lists of texts that mean the same; `central` the pages that
//                      most others refer to, as [id, title, url].
// find/pages.js        {kind: "pages", per, sections, state, type, group, retires}: one entry a page (clauses, own pages,
//                      entries, documents), in order: how many sections it has (the first is its beginning, with its
//                      title); its state on `asOf` as a letter of a text, index into STATES or "-"; type and group as
//                      indexes, or -1; `retires` by number of a page the days from `asOf` until it is retired; `per` is
//                      how many pages a file of facts tells about.
// find/p/N.js          {kind: "facts", file: N, owner, service, location, later}: pages N * per and on: owner as an index, several as a list,
//                      none as -1; `service` and `location` lists by the page's number in the file; `later` the later states, each with the days from `asOf` until it is reached: "38 6 69 5".
// find/t/N.js          {kind: "terms", file: N, terms, lists}: terms in order, and for each a list, with spaces between.
//                      A list tells sections, which are numbered from 0 through all pages: for each the distance to the
//                      one before (the first: to -1) in base 36, nothing for 1, and a weight, `A` to `Y`; `Z` where the
//                      term is the page's id. A list of the heaviest only begins with the number of all and `*`.
// find/r/N.js          {kind: "records", file: N, pages, records}: the files of short sections first, then those of documents; sections as [anchor, heading, text]
//                      (text of about 600 bytes at most, one line a block); `pages` by number: [id, title, url].
// find/words.js        {kind: "words", words}: the handbook's most frequent words, most frequent first, to correct others by.
//
// fold.js makes texts into terms.
(() => {
  const { load, fold, terms, spellings, stem, cut, parse, alike, NUMBER, UNSPACED, JOINED } = window.clausebook;
  const STATES = ["retired", "draft", "in-review", "future", "changed", "overdue", "due-soon", "current"];
  const MOST_FILES = 3, MOST_TERMS = 8, MOST_OF_PAGE = 3, ELSEWHERE = 0.45;
  // What a reader does by comes before what was once done.
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

  // What fails is asked for again the next time.
  const once = (work) => {
    let done;
    return () => done ??= work().catch((error) => { done = undefined; throw error; });
  };
  const open = once(async () => {
    // The directory is never taken from a cache: it tells which version of the rest there is.
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

  // What is told of some pages in files of facts.
  const factsOf = (all) => Promise.all([...new Set(all.map((page) => Math.floor(page / pages.per)))].map((number) => file("p/" + number)));
  const fact = (page, name) => factFiles.get(Math.floor(page / pages.per))[name][page % pages.per];
  // The state on the reader's day, as badges have it.
  function stateOf(page) {
    const later = fact(page, "later").split(" ");
    let state = pages.state[page];
    for (let at = 0; at + 1 < later.length && Number(later[at]) <= index.days; at += 2) state = later[at + 1];
    return STATES[state] ?? "";
  }
  const isRetired = ({ page }) => STATES[pages.state[page]] === "retired" || pages.retires[page] <= index.days;

  // How well a term fits what is asked for: 8.1 fits 8.1.2 and 2026 fits 2026-10, but 8.1 never fits 8.10.
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

  // Weights by section of everything that fits a term, apart for the word in its forms and for what only begins with it.
  // `count` is how many sections have it, also where not all are told.
  async function lookUp(wanted) {
    const whole = { found: new Map(), ids: new Map(), count: 0, partial: false };
    const begun = { found: new Map(), ids: new Map(), count: 0, partial: false };
    const fits = fit(wanted);
    await filesFor([wanted]);
    for (const number of filesOf(wanted)) {
      const { terms: known, lists } = termFiles.get(number);
      known.forEach((term, at) => {
        const share = fits(term);
        if (share) addList(share < 0.9 ? begun : whole, lists[at], share);
      });
    }
    return { whole, begun };
  }
  // The file that has the term itself, then those of its other forms and of what begins with it.
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

  // Whole words count, and what begins like them little beside them; where there are none, what begins like them.
  function together({ whole, begun }) {
    const isWhole = whole.found.size > 0, least = isWhole ? 0.3 : 1;
    const found = new Map(whole.found), ids = new Map(whole.ids);
    for (const [section, weight] of begun.found) raise(found, section, weight * least);
    for (const [section, share] of begun.ids) raise(ids, section, share);
    return { found, ids, count: isWhole ? whole.count : begun.count, partial: whole.partial || begun.partial, isWhole };
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

  // Sections that have all words of a text, as heavy as for the lightest of them.
  async function haveAll(asked) {
    const lists = await Promise.all(asked.map(async (word) => (await lookUp(word)).whole.found));
    const all = new Map();
    for (const [section, weight] of lists[0]) {
      if (lists.every((list) => list.has(section))) all.set(section, Math.min(weight, ...lists.map((list) => list.get(section))));
    }
    return all;
  }
  // What the glossary knows by another name as well.
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
  // `roll back` finds roll-back and rollback too.
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

  // Words that nothing has are corrected by the handbook's own.
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
      // Who types one letter wrong hardly ever begins with it.
      const far = distance(word, known, most) + (known[0] === word[0] ? 0 : 0.5);
      if (far < least) [best, least] = [known, far];
    }
    return best;
  }
  // How many letters are wrong, missing, too many, or changed about; more than `most` as soon as that is known.
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

  // Weights of sections: rare terms count more. A section without a term has a part of what its page has of it elsewhere,
  // and counts less for each term that it lacks, the least so when not every section of the term is told.
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
    // A page that has it in more places is more about it.
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
  // Of a kind that is asked for by its name, all count in full.
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

  // Whose id was typed comes first, retired documents last; of a page only the best sections, each further one behind
  // the best of other pages that are about as good.
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

  // Everything that is found for a query: hits, the words that were asked for, and those that were corrected.
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
    // What has only a small part of the words is of use when nothing has more.
    const best = hits.reduce((best, { share }) => Math.max(best, share), 0);
    return {
      hits: ranked(hits.filter(({ share }) => share > Math.min(0.45, best * 0.7))),
      asked: results.map(({ word }) => word),
      fixed: fixed?.map(({ text }) => text).join(" "),
      also: [...new Set(results.flatMap(({ word }) => word.also ?? []).map(({ text }) => text))],
    };
  }

  async function record({ section, page }) {
    // Sections of documents come last, fewer of them in a file.
    const isShort = section < index.short, per = isShort ? index.perShort : index.per;
    const at = isShort ? section : section - index.short;
    const number = Math.floor(at / per) + (isShort ? 0 : Math.ceil(index.short / index.perShort));
    await Promise.all([file("r/" + number), factsOf([page])]);
    const { pages: known, records } = recordFiles.get(number);
    const [id, title, url] = known[page], [anchor, heading, text] = records[at % per];
    return { id, title, url, anchor, heading, text, state: stateOf(page), type: index.kinds[pages.type[page]]?.[1] ?? "" };
  }

  // Words of the handbook that begin like the last one of a query, to suggest when nothing was found.
  async function suggestions(query) {
    await prepare();
    await file("words");
    const near = parse(query).map(({ text }) => text).flatMap((text) => [nearest(text), vocabulary.find((word) => text.length > 3 && word.startsWith(text.slice(0, 4)))]);
    return [...new Set(near.filter(Boolean))].slice(0, 4);
  }

  // The places in a text that fit what is asked for, in order, none within another.
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
          if (isMet(cut(plain))) add(start, start + run[0].length);
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
