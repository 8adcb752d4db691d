// The live preview: reloads pages that changed and shows their findings. Built sites do not contain it.
(() => {
  const { currentScript } = document;
  const own = new URL(currentScript.src);
  let seen = own.searchParams.get("generation") ?? "0";
  const page = decoded(location.pathname);
  const remember = {
    get: (key) => { try { return sessionStorage.getItem("clausebook-preview-" + key); } catch { return null; } },
    set: (key, value) => { try { sessionStorage.setItem("clausebook-preview-" + key, value); } catch { /* not kept */ } },
  };

  // A path that is not valid UTF-8 cannot be a page's, so it may stay encoded.
  function decoded(path) {
    try { return decodeURIComponent(path); } catch { return path; }
  }
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };
  const counted = (n, one, other) => `${n} ${n === 1 ? one : other}`;

  // A shadow tree isolates the bar and the panel from the theme's styles, and the page from theirs.
  const host = element("div", { id: "clausebook-preview" });
  const tree = host.attachShadow({ mode: "open" });
  tree.append(element("link", { rel: "stylesheet", href: new URL("preview.css", own).href }));
  const figures = element("span", { className: "figures" });
  const change = element("span", { className: "change" });
  change.setAttribute("role", "status");
  const toggle = element("button", { type: "button", className: "toggle" });
  toggle.setAttribute("aria-controls", "panel");
  const close = element("button", { type: "button", className: "close", title: "Hide the preview's bar (Escape)" }, "×");
  close.setAttribute("aria-label", "Hide the preview's bar");
  const bar = element("div", { className: "bar" }, figures, change, toggle, close);
  const panel = element("section", { id: "panel", className: "panel", tabIndex: 0, hidden: true });
  panel.setAttribute("aria-label", "Findings");
  const reopen = element("button", { type: "button", className: "reopen", hidden: true }, "Preview");
  const aside = element("aside", { className: "preview", ariaLabel: "Live preview" }, panel, bar, reopen);
  tree.append(aside);

  // Adds the height of the bar and the panel to the end of the page, so that readers can scroll to all of it, and sets it
  // as --covered for style sheets that place something at the bottom of the window.
  function cover(height) {
    const root = document.documentElement;
    host.style.blockSize = height;
    root.style.setProperty("--covered", height);
    root.style.scrollPaddingBlockEnd = height;
    remember.set("covered", height);
  }
  new ResizeObserver(() => {
    cover(`${aside.offsetHeight}px`);
    reach();
  }).observe(aside);

  function open(isOpen) {
    panel.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  }
  function choose(isOpen) {
    open(isOpen);
    remember.set("panel", isOpen ? "open" : "closed");
    (isOpen ? panel : toggle).focus();
  }
  function show(isShown) {
    bar.hidden = !isShown;
    reopen.hidden = isShown;
    if (!isShown) panel.hidden = true;
    remember.set("bar", isShown ? "shown" : "hidden");
  }
  toggle.addEventListener("click", () => choose(panel.hidden));
  close.addEventListener("click", () => { show(false); reopen.focus(); });
  reopen.addEventListener("click", () => { show(true); toggle.focus(); });
  tree.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (!panel.hidden) choose(false);
    else { show(false); reopen.focus(); }
  });

  function place({ file, line, column }) {
    return line ? `${file}:${line}:${column}` : file;
  }
  function entry(finding, isNew) {
    const where = element("span", { className: "place" }, place(finding));
    const title = element("p", {}, element("b", { className: finding.severity }, finding.severity), ` ${finding.message} `,
      element("small", {}, `[${finding.rule}]`), isNew ? element("small", { className: "new" }, "new") : null);
    const at = finding.url ? element("a", { href: "/" + finding.url }, where) : where;
    const item = element("li", {}, title, at);
    if (finding.source) {
      const mark = " ".repeat(Math.max(0, finding.column - 1)) + "^";
      item.append(element("pre", {}, `${String(finding.line).padStart(4)} | ${finding.source}\n     | ${mark}`));
    }
    if (finding.help) item.append(element("p", { className: "help" }, `Help: ${finding.help}`));
    return item;
  }
  function list(title, findings, isNew = () => false) {
    if (!findings.length) return null;
    const entries = findings.map((finding) => entry(finding, isNew(finding)));
    return element("div", {}, element("h2", {}, title), element("ul", {}, ...entries));
  }
  // Shows the approval command to run in a terminal, because the preview never writes files on request over HTTP.
  function approval(command) {
    if (!command) return null;
    const copy = element("button", { type: "button" }, "Copy");
    copy.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(command); copy.textContent = "Copied"; }
      catch { getSelection().selectAllChildren(code); }
    });
    const code = element("pre", { className: "command" }, command);
    return element("div", {}, element("h2", {}, "To approve this document, run"), code, copy);
  }
  // Most urgent first: findings on this page, then new findings on other pages since the last save.
  function lists({ here, elsewhere, change, approve }) {
    const sorted = (findings, ranks) => [...findings].sort((a, b) => ranks(b) - ranks(a));
    const weight = ({ severity }) => ["note", "warning", "error"].indexOf(severity);
    const key = (finding) => JSON.stringify(finding);
    const made = new Set(change.new.map(key)), own = new Set(here.map(key));
    const isNew = (finding) => made.has(key(finding));
    const left = change.new_in_all - change.new.length;
    const first = left ? `, on other pages: the weightiest, and ${left} more` : ", on other pages";
    return [
      list("On this page", sorted(here, (finding) => weight(finding) + (isNew(finding) ? 3 : 0)), isNew),
      list("New since the last save" + first, sorted(change.new.filter((one) => !own.has(key(one))), weight)),
      approval(approve),
      list("Elsewhere, the weightiest first", elsewhere.filter((finding) => !isNew(finding))),
    ];
  }
  // Make lines that are too long for the panel focusable, so that they scroll by keyboard too.
  function reach() {
    for (const line of panel.querySelectorAll("pre")) line.tabIndex = line.scrollWidth > line.clientWidth ? 0 : -1;
  }

  function tell(news) {
    const { figures: of, change: made, problems } = news;
    const failing = problems.length > 0;
    host.toggleAttribute("data-failing", failing);
    figures.textContent = of
      ? `${of.units_covered} of ${of.units} clauses, ${of.required_items_provided} of ${of.required_items} items`
      : "Nothing built yet";
    const parts = [];
    const say = (textContent, className = "") => parts.push(element("span", { className, textContent: parts.length ? `; ${textContent}` : textContent }));
    if (failing) say(of ? "The last save cannot be built; this is the site before it" : "The handbook cannot be built yet", "worse");
    else {
      if (made.gained.length) say(`covered now: ${made.gained.join(", ")}`);
      if (made.lost.length) say(`no longer covered: ${made.lost.join(", ")}`, "worse");
      if (made.new_in_all) say(counted(made.new_in_all, "new finding", "new findings"), "worse");
      if (made.gone_in_all) say(counted(made.gone_in_all, "finding gone", "findings gone"));
    }
    change.replaceChildren(...parts);
    toggle.textContent = failing
      ? counted(problems.length, "problem", "problems")
      : `${counted(news.here.length, "finding", "findings")} on this page, ${counted(news.errors, "error", "errors")} in total`;
    const sections = failing ? [list("This keeps the handbook from being built", problems)] : lists(news);
    panel.replaceChildren(...sections.filter(Boolean));
    if (!panel.querySelector("li")) panel.append(element("p", {}, "There are no findings."));
    // Show problems that prevent the build even if the author closed the panel; hide them again once fixed.
    const chosen = remember.get("panel");
    const serious = news.here.some(({ severity }) => severity === "error");
    if (failing) { show(true); open(true); }
    else if (!bar.hidden) open(chosen ? chosen === "open" : serious);
    reach();
  }

  // Change the URL of edited images: their path is the same, so the browser would not fetch them again.
  function refresh(images) {
    const changed = new Set(images.map((path) => "/" + path));
    for (const image of document.images) {
      const url = new URL(image.src);
      if (url.origin !== location.origin || !changed.has(decoded(url.pathname))) continue;
      url.searchParams.set("generation", seen);
      image.src = url.href;
    }
  }

  const scroll = "scroll-" + location.pathname;
  function reload() {
    remember.set(scroll, JSON.stringify([scrollX, scrollY]));
    location.reload();
  }
  function restore() {
    const kept = remember.get(scroll);
    if (!kept) return;
    remember.set(scroll, "");
    try { scrollTo({ left: JSON.parse(kept)[0], top: JSON.parse(kept)[1], behavior: "instant" }); } catch { /* nothing kept */ }
  }

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const visible = () => document.visibilityState === "visible" ? Promise.resolve() : new Promise((done) => {
    document.addEventListener("visibilitychange", () => done(visible()), { once: true });
  });

  // At most one request is pending, and none while the page is hidden; it asks again once visible.
  async function ask(what) {
    const stop = new AbortController();
    const hide = () => { if (document.visibilityState !== "visible") stop.abort(); };
    document.addEventListener("visibilitychange", hide);
    try {
      const query = new URLSearchParams({ page, generation: seen });
      const answer = await fetch(new URL(`${what}?${query}`, own), { cache: "no-store", signal: stop.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return await answer.json();
    } finally {
      document.removeEventListener("visibilitychange", hide);
    }
  }

  async function follow() {
    let what = "status";
    for (;;) {
      await visible();
      try {
        const news = await ask(what);
        if (news.reload) return reload();
        const isNew = String(news.generation) !== seen;
        seen = String(news.generation);
        host.removeAttribute("data-lost");
        if (isNew) refresh(news.images);
        if (isNew || what === "status") tell(news);
        what = "poll";
      } catch (error) {
        if (error.name === "AbortError") continue;
        host.toggleAttribute("data-lost", true);
        change.textContent = "The preview does not answer; it goes on when it does";
        what = "status";
        await pause(1000);
      }
    }
  }

  document.body.append(host);
  if (remember.get("bar") === "hidden") show(false);
  open(false);
  cover(remember.get("covered") ?? "0px");
  restore();
  addEventListener("load", restore);
  follow();
})();
