// Updates states, verdicts and figures to the reader's day: the later of the build's day and today, unless the settings
// fix the day. The build precomputes when they change if no file is edited, so this script only looks the changes up.
//
// A badge carries its later states (data-later="2027-01-05 due-soon 2027-02-05 overdue"). All other changes are in
// days/*.js, which are loaded only once the day has changed, and call clausebookDays({version, data}).
// Data from another build is ignored, and the page keeps showing the build's day. Data and page are from the same build
// if whole.js has the page's day and the data's version, and page and data agree about the build's day.
//   clauses  {page: "DAY VERDICT ROLLED COVERED …"}: whether rolled up from subclauses (1 or 0), number of covered ones
//   items    {page#item: "DAY VERDICT …"}
//   counts   {standard or page: "DAY NUMBERS …"}: units per verdict in VERDICTS order, then items provided, items needed
//   tallies  {list: "DAY FROM-TO …"}: one document's change between states, as indexes into STATES
//   now      {page, page#item or list: its value on the build's day}
// Elements within [data-day=build] always show the build's day.
(() => {
  const words = window.clausebookWords;
  const { body } = document;
  const STATES = ["retired", "draft", "in-review", "future", "changed", "overdue", "due-soon", "current"];
  const VERDICTS = ["covered", "partial", "stale", "draft", "missing", "not-applicable"];
  const built = body.dataset.asOf;
  const twoDigits = (number) => String(number).padStart(2, "0");
  const now = new Date();
  const local = `${String(now.getFullYear()).padStart(4, "0")}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
  const whole = window.clausebookWhole ?? {};
  const version = whole.built === built ? whole.version : undefined;
  let today = built; // the day that the page shows

  const fill = (text, values) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), text);
  const written = (day, form) => {
    const [year, month, date] = day.split("-").map(Number);
    return fill(words.date, { day: date, month: words.month[form][month], year });
  };
  // Splits a series into entries of `size` words; the first word of each is a day.
  function entries(text, size) {
    const parts = text ? text.split(" ") : [];
    return Array.from({ length: Math.floor(parts.length / size) }, (_, at) => parts.slice(at * size, at * size + size));
  }
  const reached = (text, size) => entries(text, size).filter(([day]) => day <= today);
  const stateToday = (state, later) => reached(later, 2).at(-1)?.[1] ?? state;

  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => !one.closest("[data-day=build]"));
  // Remembers what each element showed on the build's day, so that days can be shown in any order.
  const known = new WeakMap();
  const asBuilt = (element, read) => {
    if (!known.has(element)) known.set(element, read(element));
    return known.get(element);
  };
  function say(element, text) {
    const place = element.querySelector("[data-word]") ?? (element.matches(".mark") ? element : undefined);
    if (place && place.textContent !== text) place.textContent = text;
    if (element.matches("[role=img]")) element.setAttribute("aria-label", text);
  }

  function showStates() {
    for (const badge of all("[data-later][data-state]")) {
      const state = stateToday(asBuilt(badge, () => badge.dataset.state), badge.dataset.later);
      badge.dataset.state = state;
      say(badge, words.state[state]);
    }
    const own = document.querySelector(".control-block .state")?.dataset.state;
    if (own) for (const notice of all(".notice:not([data-suspect])")) {
      if (notice.dataset.successor !== undefined) notice.hidden = own !== "retired";
      else {
        notice.dataset.state = own;
        notice.textContent = words.notice[own];
        notice.hidden = own === "current" || own === "due-soon";
      }
    }
    for (const why of all("[data-discounted]")) {
      const state = why.parentElement.querySelector("[data-state]")?.dataset.state;
      why.textContent = words.say.discounted[state] ?? "";
    }
  }

  function showVerdicts({ clauses = {}, items = {} }) {
    for (const mark of all("[data-of][data-verdict], .groups .dot[data-verdict]")) {
      const key = mark.dataset.of ?? chapter(mark);
      const [group, series, size] = key.includes("#") ? ["item_verdict", items, 2] : ["verdict", clauses, 4];
      const first = asBuilt(mark, () => mark.dataset.verdict);
      const verdict = reached(series[key], size).at(-1)?.[1] ?? first;
      mark.dataset.verdict = verdict;
      if (!mark.matches("tr")) say(mark, words[group][verdict]);
    }
    for (const reason of all("[data-reason]")) {
      const first = asBuilt(reason, () => reason.textContent);
      const last = reached(clauses[reason.dataset.of], 4).at(-1);
      reason.textContent = last ? reasonOf(last, reason.dataset) : first;
    }
  }
  // Chapters in the sidebar carry only the number of their clause, from which the page's path follows.
  const chapter = (mark) => `clauses/${mark.closest("ul").dataset.ofStandard}/${mark.parentElement.querySelector(".no").textContent}.html`;
  // The reason in the words that a build on that day would use on the clause's page.
  function reasonOf([, verdict, rolled, covered], { reason, draft, units, part }) {
    const say = words.say.reason;
    if (part) return fill(say.part, { clause: part });
    if (rolled === "1") return fill(say.rolled_up, { covered, units });
    return say[{ missing: reason, draft }[verdict] ?? verdict];
  }

  const readCounts = (numbers) => ({ units: numbers.slice(0, VERDICTS.length), provided: numbers.at(-2), needed: numbers.at(-1) });
  const bars = new DOMParser();
  // Draws a bar, 100 units wide, from [name, count, label] parts.
  function drawBar(bar, kind, parts) {
    const whole = parts.reduce((sum, [, count]) => sum + count, 0);
    const share = (part) => whole ? Math.round((part / whole) * 100 * 100) / 100 : 0;
    let before = 0, rects = "";
    for (const [name, count, word] of parts.filter(([, count]) => count)) {
      const x = share(before);
      before += count;
      rects += `<rect data-${kind}="${name}" x="${x}" y="0" width="${Math.round((share(before) - x) * 100) / 100}" height="10"><title>${word}: ${count}</title></rect>`;
    }
    const drawn = bars.parseFromString(`<svg xmlns="http://www.w3.org/2000/svg">${rects}</svg>`, "image/svg+xml");
    bar.replaceChildren(...drawn.documentElement.childNodes);
  }
  function drawList(list, kind, parts) {
    const isList = list.matches("ul");
    list.replaceChildren(...parts.filter(([, count]) => count).map(([name, count, word]) => {
      const mark = document.createElement("span");
      mark.className = "mark";
      mark.dataset[kind] = name;
      mark.textContent = isList ? fill(words.figures.counted, { n: count, word }) : count;
      const item = document.createElement(isList ? "li" : "span");
      item.append(mark);
      if (!isList) item.append(Object.assign(document.createElement("span"), { className: "hush", textContent: ` ${word} ` }));
      return item;
    }));
  }
  // Updates the counts on the links that filter documents by state.
  function countPicks(list, parts) {
    const total = parts.reduce((sum, [, count]) => sum + count, 0);
    for (const pick of list.querySelectorAll("[data-pick]")) {
      const count = parts.find(([state]) => state === pick.dataset.pick)?.[1] ?? (pick.dataset.pick ? 0 : total);
      pick.querySelector("b").textContent = count;
      pick.parentElement.hidden = count === 0 && pick.dataset.pick !== "";
    }
  }
  function showCounts({ counts = {} }) {
    for (const place of all("[data-counts]")) {
      const kept = asBuilt(place, () => place.innerHTML);
      const last = reached(counts[place.dataset.counts], 2).at(-1);
      if (!last) {
        if (place.innerHTML !== kept) place.innerHTML = kept;
        continue;
      }
      const { units, provided, needed } = readCounts(last[1].split(",").map(Number));
      const parts = VERDICTS.map((verdict, at) => [verdict, units[at], words.verdict[verdict]]);
      const whole = units.slice(0, 5).reduce((sum, count) => sum + count, 0);
      if (place.matches("svg.bar")) drawBar(place, "verdict", parts.slice(0, 5));
      else if (place.matches("ul.legend")) drawList(place, "verdict", parts);
      const ratio = (part, whole) => whole ? fill(words.figures.ratio, { part, whole }) : words.none;
      const texts = {
        covered: units[0], provided, units: fill(words.figures.of, { n: whole }), needed: fill(words.figures.of, { n: needed }),
        "units-ratio": fill(words.figures.ratio, { part: units[0], whole }), "items-ratio": ratio(provided, needed),
      };
      for (const figure of place.querySelectorAll("[data-figure]")) figure.textContent = texts[figure.dataset.figure];
    }
    for (const drop of all("[data-drop]")) showDrop(drop, counts[drop.dataset.of]);
  }
  // Shows the next day on which a figure falls.
  function showDrop(drop, series) {
    const figure = (numbers) => numbers.split(",").map(Number).at(drop.dataset.drop === "covered" ? 0 : -2);
    let last = Number(drop.dataset.now);
    for (const [day, numbers] of entries(series, 2)) {
      const next = figure(numbers);
      if (day > today && next < last) {
        drop.hidden = false;
        drop.querySelector("[data-word]").textContent = fill(words.figures.drop, { n: next, date: written(day, "short") });
        return;
      }
      last = next;
    }
    drop.hidden = true;
  }

  function showTallies({ tallies = {} }) {
    for (const place of all("[data-tally]")) {
      const counts = [...asBuilt(place, () => place.dataset.states.split(",").map(Number))];
      for (const [, [from, to]] of reached(tallies[place.dataset.tally], 2)) {
        counts[from] -= 1;
        counts[to] += 1;
      }
      const parts = STATES.map((state, at) => [state, counts[at], words.state[state]]).reverse();
      if (place.matches("svg.bar")) drawBar(place, "state", parts);
      else if (place.matches(".counts")) countPicks(place, parts);
      else drawList(place, "state", parts);
    }
  }

  const data = {};
  let usable = 0; // files of data that belong to this page's build
  window.clausebookDays = (part) => {
    if (part.version !== version) return;
    usable += 1;
    for (const [kind, series] of Object.entries(part.data)) data[kind] = { ...data[kind], ...series };
  };
  function showDates() {
    for (const time of all("time[data-today]")) {
      time.dateTime = today;
      time.textContent = written(today, time.dataset.today || "long");
    }
    for (const note of all("[data-built-note]")) note.hidden = today === built;
    for (const line of document.querySelectorAll("svg [data-today-line]")) {
      const days = (Date.parse(today) - Date.parse(built)) / 864e5;
      const span = Number(line.dataset.todayLine);
      line.setAttribute("transform", `translate(${(Math.min(days, span) / span * Number(line.dataset.width)).toFixed(1)} 0)`);
      line.toggleAttribute("hidden", days === 0 || days > span);
    }
  }
  function show() {
    showStates();
    showVerdicts(data);
    showCounts(data);
    showTallies(data);
    showDates();
    document.dispatchEvent(new Event("clausebook-day"));
  }

  // Loads a script once. Data files are scripts that call a global function, because that also works from file://.
  const loaded = new Map();
  function load(url) {
    if (!loaded.has(url)) {
      loaded.set(url, new Promise((done, failed) => {
        const script = Object.assign(document.createElement("script"), {
          src: (body.dataset.root ?? "") + url,
          onload: () => done(),
          onerror: () => { loaded.delete(url); failed(new Error(url)); },
        });
        document.head.append(script);
      }));
    }
    return loaded.get(url);
  }
  // The data files that this page needs; the tally `owners/desk`, for example, is in days/owners.js.
  function files() {
    const tallies = all("[data-tally]").map((place) => `days/${place.dataset.tally.split("/")[0]}.js`);
    return [...new Set([...(all("[data-of], [data-counts], .groups .dot").length ? ["days/verdicts.js"] : []), ...tallies])];
  }

  const every = (selector, is) => all(selector).every(is);
  const agrees = () => every("[data-of][data-verdict]", (mark) => asBuilt(mark, () => mark.dataset.verdict) === data.now?.[mark.dataset.of])
    && every("[data-tally]", (place) => place.dataset.states === data.now?.[place.dataset.tally])
    && every("[data-days]", (place) => place.dataset.days === version)
    && (!all("[data-counts]").length || all("[data-days]")[0]);

  // Shows a day. Until its data has loaded, or if it fails to load, the whole page shows the build's day.
  async function showDay(day) {
    const wanted = files();
    await Promise.all(wanted.map((file) => load(`${file}?v=${version}`)));
    if (usable < wanted.length || !agrees()) throw new Error("the data is that of another build");
    today = day < built ? built : day;
    show();
  }
  // Figures in the navigation are the same on every page, so whole.js has them, not the HTML of each page.
  function beside(place, tag, name) {
    const one = Object.assign(document.createElement(tag), { className: name });
    place.append(" ", one);
    return one;
  }
  for (const link of document.querySelectorAll(".side [data-count]")) {
    const count = whole.counts?.[link.dataset.count];
    if (count !== undefined) beside(link, "span", "count").textContent = count;
  }
  for (const number of document.querySelectorAll(".groups .no")) {
    const [verdict, part, all] = whole.chapters?.[number.textContent] ?? [];
    if (!verdict) continue;
    if (verdict !== "covered") beside(number.parentElement, "span", "count").textContent = fill(words.figures.ratio, { part, whole: all });
    const dot = beside(number.parentElement, "i", "dot");
    dot.setAttribute("role", "img");
    dot.setAttribute("aria-label", words.verdict[verdict]);
    dot.dataset.verdict = verdict;
  }
  window.clausebook = { built, get today() { return today; }, load, stateToday, written, showDay };
  window.clausebook.shown = version && local > built ? showDay(local).catch(() => {}) : Promise.resolve();
})();
