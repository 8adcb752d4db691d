// Stores visited pages and ticked steps (ticks.js) in this browser, where only its user sees them.
// If storage is blocked, pages work as they do without scripts.
(() => {
  const { load, root } = window.clausebook;
  const { body } = document;
  // Portals on the same host, or opened from file://, share storage, so each key includes the portal's URL.
  const base = new URL(root || "./", location.href).href;
  const address = location.href.slice(base.length).split(/[?#]/)[0];
  // The live preview also serves URLs that are not valid UTF-8 when decoded.
  const page = (() => { try { return decodeURI(address); } catch { return address; } })();
  const MOST_VISITS = 60;
  function read(name) {
    try { return JSON.parse(localStorage.getItem(`clausebook-${name}:${base}`)) ?? undefined; } catch { return undefined; }
  }
  function keep(name, value) {
    try {
      if (value === undefined) localStorage.removeItem(`clausebook-${name}:${base}`);
      else localStorage.setItem(`clausebook-${name}:${base}`, JSON.stringify(value));
    } catch { /* kept on this page only */ }
  }

  // Visited pages: [url, title, id, number of visits, time of last visit].
  const visits = () => (Array.isArray(read("visits")) ? read("visits") : []).filter((one) => Array.isArray(one) && one.length === 5);
  window.clausebook.visits = () => visits().filter(([url]) => url !== page).map(([url, title, id, count, last]) => ({ url, title, id, count, last }));
  if (body.matches(".document, .clause-page")) {
    const title = document.querySelector("main h1")?.textContent.trim() ?? "";
    const id = document.querySelector(".crumbs .id")?.textContent ?? "";
    const before = visits().find(([url]) => url === page);
    const others = visits().filter(([url]) => url !== page).sort((one, other) => other[4] - one[4]).slice(0, MOST_VISITS - 1);
    if (title) keep("visits", [[page, title, id, (before?.[3] ?? 0) + 1, Date.now()], ...others]);
  }

  window.clausebook.kept = { read, keep, page };
  if (body.dataset.pictures && document.querySelector(".diagram")) load(body.dataset.pictures);
  if (document.querySelector("article > .prose :is(li.task, ol)")) load(body.dataset.ticks);
})();
