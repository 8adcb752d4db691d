// Lets readers tick steps of procedures and tasks; ticks are stored in this browser only.
(() => {
  const { all, element, kept: { read, keep, page }, words, written } = window.clausebook;
  const say = words.script;
  // Ticks belong to the exact text of the steps: when a step changes, all of them are reset.
  const prose = document.querySelector("article > .prose");
  const steps = prose ? all("ol > li, li.task", prose).filter((item) => !item.closest(".footnotes")).filter((item) => item.matches(".task") || prose.hasAttribute("data-steps")) : [];
  if (!steps.length) return;
  const sum = (text) => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 0x01000193) >>> 0, 0x811c9dc5);
  const name = `ticks/${page}`, text = sum(steps.map((step) => step.textContent).join("\n"));
  const before = read(name);
  let state = before?.text === text && Array.isArray(before.done) ? before : { text, done: [], first: 0 };
  const boxes = steps.map((step, at) => {
    const old = step.querySelector(":scope > input[type=checkbox], :scope > p:first-child > input[type=checkbox]");
    const box = old ?? element("input", { type: "checkbox" });
    box.disabled = false;
    box.classList.add("tick");
    if (!old) (step.querySelector(":scope > p:first-child") ?? step).prepend(box, " ");
    const label = (step.querySelector(":scope > p") ?? step).textContent.trim().replace(/\s+/g, " ");
    box.setAttribute("aria-label", say.tick.replace("{step}", () => label.length > 80 ? label.slice(0, 79) + "…" : label));
    box.dataset.given = box.checked ? "1" : "";
    if (state.done.includes(at)) box.checked = true;
    box.addEventListener("change", () => { mark(at, box.checked); });
    return box;
  });
  const line = element("span"), clear = element("button", { type: "button", className: "quiet", textContent: say.untick });
  line.setAttribute("role", "status");
  const bar = element("div", { className: "ticks screen" }, line, " ", clear);
  prose.before(bar);
  prose.classList.add("tickable");

  function mark(at, isDone) {
    const done = isDone ? [...state.done, at] : state.done.filter((one) => one !== at);
    state = { text, done, first: done.length ? state.first || Date.now() : 0 };
    keep(name, done.length ? state : undefined);
    tell();
  }
  function tell() {
    const done = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("li").classList.toggle("done", box.checked);
    clear.hidden = !state.done.length;
    line.textContent = say.tickable;
    if (!state.done.length) return;
    const first = new Date(state.first), two = (number) => String(number).padStart(2, "0");
    const day = `${first.getFullYear()}-${two(first.getMonth() + 1)}-${two(first.getDate())}`;
    const values = { n: done.length, all: boxes.length, date: written(day, "short"), time: `${two(first.getHours())}:${two(first.getMinutes())}` };
    line.textContent = Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), say.ticked);
  }
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = box.dataset.given === "1";
    state = { text, done: [], first: 0 };
    keep(name, undefined);
    tell();
    boxes[0].focus();
  });
  tell();
})();
