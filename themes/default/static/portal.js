// Conveniences for readers. Every page can be read and used without this script.
(() => {
  const words = window.clausebookWords;
  const { body, documentElement: html } = document;
  const root = body.dataset.root ?? "";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const counted = (forms, n) => forms[n === 1 ? "one" : "other"].replace("{n}", n);
  const daysUntil = (day) => Math.round((Date.parse(day) - Date.parse(window.clausebook.today)) / 864e5);

  const { load, stateToday, shown } = window.clausebook;
  Object.assign(window.clausebook, { all, element, counted, root, words });
  shown.then(() => {
    for (const date of all("[data-countdown]")) {
      const days = daysUntil(date.dataset.countdown);
      const phrase = days === 0 ? words.script.today : counted(days > 0 ? words.script.days : words.script.ago, Math.abs(days));
      date.append(" ", element("small", { textContent: phrase }));
    }
  });

  // Pages follow the system's light or dark theme until the reader chooses one.
  function switchTheme() {
    const dark = html.dataset.theme ? html.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    html.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("clausebook-theme", html.dataset.theme); } catch { /* kept for this page only */ }
  }
  for (const button of all("button.theme")) {
    button.hidden = false;
    button.addEventListener("click", switchTheme);
  }

  // Print the control block expanded.
  const control = document.querySelector(".control-block");
  if (control) {
    let open;
    addEventListener("beforeprint", () => { open = control.open; control.open = true; });
    addEventListener("afterprint", () => { control.open = open; });
  }

  function toast(text) {
    const note = element("div", { className: "toast", role: "status", textContent: text });
    body.append(note);
    setTimeout(() => note.remove(), 1600);
  }
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = element("textarea", { value: text });
      body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    toast(words.script.copied);
  }
  for (const heading of all(".prose :is(h2, h3, h4, h5, h6)[id]")) {
    let link = heading.querySelector(".anchor");
    if (!link) {
      link = element("a", { className: "anchor", href: "#" + heading.id, textContent: "#" });
      link.setAttribute("aria-label", `${words.script.link}: ${heading.textContent}`);
      heading.append(link);
    }
    link.addEventListener("click", () => copy(link.href));
  }
  for (const block of all(".prose pre")) {
    const text = block.textContent;
    block.tabIndex = 0;
    let wrap = block.closest(".code");
    if (!wrap) {
      wrap = element("div", { className: "code" });
      block.replaceWith(wrap);
      wrap.append(block);
    }
    wrap.append(element("button", { type: "button", className: "quiet copy", textContent: words.script.copy, onclick: () => copy(text) }));
  }

  // Highlight the section on screen in the table of contents.
  const entries = new Map(all(".toc a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  if (entries.size) {
    const seen = new Set();
    const headings = [...entries.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const follow = () => {
      const here = headings.find((heading) => seen.has(heading)) ?? headings.findLast((heading) => heading.getBoundingClientRect().top < 150);
      for (const link of entries.values()) {
        link.classList.toggle("here", link === entries.get(here?.id));
        if (link.classList.contains("here")) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    const observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
      follow();
    }, { rootMargin: "-60px 0px -60% 0px" });
    for (const heading of headings) observer.observe(heading);
    for (const link of entries.values()) {
      link.addEventListener("click", () => { const toc = link.closest("[popover]"); if (toc.matches(":popover-open")) toc.hidePopover(); });
    }
  }
  // Actions of the page. A problem report names the section on screen.
  const acts = document.querySelector(".acts");
  if (acts) {
    const { copy_link, print } = words.script;
    const about = acts.dataset.about;
    const here = () => document.querySelector(".toc .here");
    const address = () => location.href.split("#")[0] + (here()?.hash ?? "");
    const title = document.querySelector("h1").textContent;
    const act = (textContent, onclick) => element("li", {}, element("button", { type: "button", textContent, onclick }));
    acts.firstElementChild.after(
      act(copy_link, () => copy(`${about ? `${about} ` : ""}${title}: ${address()}`)),
      act(print, () => window.print()),
    );
    for (const link of all("[data-at]", acts)) {
      link.addEventListener("click", () => { link.href = link.dataset.at.replace("{heading}", encodeURIComponent(here()?.textContent ?? "")); });
    }
  }
  // Closed chapters of the sidebar expand in place. Without scripts, readers follow the link to the chapter's page.
  const chapters = new Map();
  window.clausebookChapter = ([at, documents, total]) => chapters.set(at, [documents, total]);
  function chapterList(url, [documents, total]) {
    const list = element("ul");
    for (const { title, url, badge } of documents) {
      const link = element("a", { href: root + url }, title);
      if (badge) {
        const state = stateToday(badge.state, badge.later);
        const dot = element("i", { className: "dot" });
        dot.setAttribute("role", "img");
        dot.setAttribute("aria-label", words.state[state]);
        dot.dataset.state = state;
        link.append(" ", dot);
      }
      list.append(element("li", {}, link));
    }
    if (total > documents.length) list.append(element("li", { className: "more" }, element("a", { href: url, textContent: words.script.all })));
    return list;
  }
  all(".side .groups > li").forEach((item, at) => {
    const link = item.querySelector(":scope > a");
    if (!link) return;
    const button = element("button", { type: "button", className: "fetch" });
    const name = all("span:not(.count)", link).map((part) => part.textContent).join(" ");
    button.setAttribute("aria-label", words.script.unfold.replace("{chapter}", name || link.textContent.trim()));
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", async () => {
      if (!item.querySelector("ul")) {
        await load(`rows/chapter-${at}.js`);
        item.append(chapterList(link.href, chapters.get(at)));
      }
      const open = button.getAttribute("aria-expanded") === "false";
      button.setAttribute("aria-expanded", open);
      item.querySelector("ul").hidden = !open;
    });
    link.after(button);
  });
  document.querySelector('.side [aria-current="page"]')?.scrollIntoView({ block: "nearest" });

  // Search and help
  const canSearch = body.dataset.search;
  let typed; // what is typed while the search is loading
  const loadSearch = async () => { for (const script of canSearch.split(" ")) await load(script); };
  async function openSearch(event) {
    event?.preventDefault();
    typed ??= "";
    await loadSearch().then(() => window.clausebook.openSearch(typed)).finally(() => { typed = undefined; });
  }
  if (canSearch) {
    for (const link of all("a.search")) link.addEventListener("click", openSearch);
    if (document.querySelector(".search-box")) loadSearch().then(() => window.clausebook.searchPage());
  }
  let helpDialog;
  function openHelp() {
    if (!helpDialog) {
      const { help } = words.script;
      const keys = [["/ · Ctrl K", help.search], ["n", help.next], ["p", help.previous], ["h", help.home], ["t", help.theme], ["?", help.help], ["Esc", help.close]];
      const list = element("dl", { className: "keys" });
      for (const [key, text] of keys) list.append(element("dt", {}, element("kbd", { textContent: key })), element("dd", { textContent: text }));
      const close = element("form", { method: "dialog" }, element("button", { className: "quiet", textContent: words.script.close }));
      helpDialog = element("dialog", {}, element("h2", { id: "~help", textContent: help.title }), list, close);
      helpDialog.setAttribute("aria-labelledby", "~help");
      body.append(helpDialog);
    }
    helpDialog.showModal();
  }
  const go = (selector) => document.querySelector(selector)?.click();
  const keys = {
    "/": (event) => canSearch && openSearch(event),
    n: () => go(".pager .next"),
    p: () => go(".pager .previous"),
    h: () => go(".brand"),
    t: switchTheme,
    "?": openHelp,
  };
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && canSearch) return void openSearch(event);
    const typing = event.target.closest?.("input, select, textarea, dialog, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typed !== undefined && event.key.length === 1) {
      typed += event.key;
      return void event.preventDefault();
    }
    keys[event.key]?.(event);
  });

  // Previews of links and terms. previews/N.js calls clausebookPreviews({key: {title, text, …}, ...}). A key is the path
  // of a page (`8.6-resolution/incident.html`), with a fragment for a glossary term. N is the key's FNV-1a hash (32 bits,
  // over UTF-8) modulo the number of files, which is in data-previews. An entry has a title and optionally an ID, text,
  // its language, and a document's state or a clause's verdict with the later ones, in the format of a badge.
  if (body.dataset.previews) {
    const data = new Map();
    window.clausebookPreviews = (part) => { for (const [key, value] of Object.entries(part)) data.set(key, value); };
    const base = new URL(root || "./", location.href).href;
    const keyOf = (link) => {
      if (!link.href.startsWith(base)) return "";
      const [path, fragment] = link.href.slice(base.length).split("#");
      if (link.matches(".term, .to-term")) return `${path}#${fragment}`;
      return link.pathname !== location.pathname && path.endsWith(".html") ? path : "";
    };
    const fileOf = (key) => {
      let hash = 0x811c9dc5;
      for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
      return hash % Number(body.dataset.previews);
    };
    const fill = ({ id, title, text, lang, verdict, state, later }, hint) => {
      const box = element("div", { className: "preview", role: "tooltip", id: "~preview" });
      const written = (textContent) => lang ? { textContent, lang } : { textContent };
      if (id) box.append(element("span", { className: "id", textContent: id }), " ");
      box.append(element("strong", written(title)));
      if (state || verdict) {
        const [kind, now] = state ? ["state", stateToday(state, later)] : ["verdict", stateToday(verdict, later)];
        const mark = element("span", { className: "mark", textContent: words[kind][now] });
        mark.dataset[kind] = now;
        box.append(element("br"), mark);
      }
      if (text) box.append(element("p", written(text)));
      for (const line of hint ? hint.split("\n") : []) if (line !== title) box.append(element("p", { textContent: line }));
      return box;
    };
    // Keep the box while the pointer is on it, and close it with Escape, as WCAG 1.4.13 requires.
    let box, owner, timer;
    const wait = (act, time) => { clearTimeout(timer); timer = setTimeout(act, time); };
    const hide = () => {
      clearTimeout(timer);
      box?.remove();
      owner?.removeAttribute("aria-describedby");
      box = owner = undefined;
    };
    const show = async (link) => {
      const key = keyOf(link);
      await load(`previews/${fileOf(key)}.js`).catch(() => {});
      if (!link.matches(":hover, :focus-visible") || link === owner) return;
      hide();
      const found = data.get(key);
      if (!found) return;
      owner = link;
      box = fill(found, link.dataset.hint);
      box.addEventListener("mouseenter", () => clearTimeout(timer));
      box.addEventListener("mouseleave", () => wait(hide, 200));
      // Append to <main>, so that the box is inside a landmark.
      (link.closest("main") ?? body).append(box);
      const place = link.getBoundingClientRect();
      box.style.left = `${Math.max(8, Math.min(place.left, html.clientWidth - box.offsetWidth - 8)) + scrollX}px`;
      const below = place.bottom + box.offsetHeight + 12 < innerHeight || place.top < box.offsetHeight + 70;
      box.style.top = `${(below ? place.bottom + 6 : place.top - box.offsetHeight - 6) + scrollY}px`;
      link.setAttribute("aria-describedby", box.id);
    };
    for (const link of all(".prose a[href], .part a.doc, .part a.clause, a.chip, a.tile, a.sec")) {
      if (!keyOf(link) || link.classList.contains("anchor")) continue;
      // Show the link's tooltip in the box instead of beside it.
      if (link.matches(".tile, .sec") && link.title) {
        link.dataset.hint = link.title;
        link.removeAttribute("title");
      }
      const start = () => wait(() => show(link), 250);
      link.addEventListener("mouseenter", start);
      link.addEventListener("focus", start);
      link.addEventListener("mouseleave", () => wait(hide, 200));
      link.addEventListener("blur", hide);
    }
    addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  }
})();
