// The first screen of each page, and what readers can do there with a pointer, by keyboard alone and without scripts.
import assert from "node:assert/strict";

const top = (locator) => locator.evaluate((one) => one.getBoundingClientRect().top + scrollY);
const bottom = (locator) => locator.evaluate((one) => one.getBoundingClientRect().bottom + scrollY);
const focused = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));

// Presses Tab until the focused element matches.
async function tabTo(page, fits, most = 120) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(fits)) return;
  }
  assert.fail(`not reached by keyboard; the focus is on ${await focused(page)}`);
}

export const scenes = {
  async "a document begins with its text, and says the rest on demand"({ page, url }) {
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const place of ["http", "file"]) {
      await page.goto(url(place, "model", "8.6-resolution/incident-management.html"));
      assert.ok(await top(page.locator(".prose > *").first()) < 300, "the text stands high on the page");
      const details = page.locator(".control-block");
      const panel = page.locator(".control-block .control");
      assert.equal(await panel.isVisible(), false);
      await details.locator("summary").click();
      assert.ok(await panel.getByText("Incident Manager").first().isVisible());
      await details.locator("summary").click();
      await details.locator("summary").press("Enter");
      assert.ok(await panel.isVisible(), "by keyboard too");
      await page.emulateMedia({ media: "print" });
      assert.ok(await panel.isVisible(), "on paper");
      await page.emulateMedia({ media: "screen" });
      const chip = page.locator(".heading .sec").first();
      await chip.focus();
      await page.getByRole("tooltip").getByText("fully addressed by this document").waitFor();
      await page.keyboard.press("Escape");
      assert.equal(await page.getByRole("tooltip").count(), 0);
      await page.keyboard.press("Enter");
      await page.waitForURL(/clauses\/iso20000-1\/8\.6\.1\.html/);
    }
  },

  async "what a link leads to lights up for a moment"({ page, url }) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(url("file", "model", "8.6-resolution/incident-management.html"));
    await page.locator(".toc a", { hasText: "Priority" }).click();
    const lit = () => page.evaluate(() => getComputedStyle(document.querySelector(":target")).animationName);
    assert.equal(await lit(), "lit");
    await page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await lit(), "none");
  },

  async "the home page shows clauses and what to do before anything else"({ page, url }) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(url("file", "model", "index.html"));
    assert.equal(await page.locator(".heat .tile").count(), 56);
    assert.ok(await bottom(page.locator(".heat")) < 900, "all clauses are above the fold");
    assert.ok(await bottom(page.locator(".todo")) < 900, "and the next actions");
    assert.equal(await page.locator(".todo > li").count(), 3);
    const tile = page.locator(".tile", { hasText: "8.6.1" });
    await tile.hover();
    await page.getByRole("tooltip").getByText("PRC-INC-001 Incident management, Incident Manager").waitFor();
    await tile.click();
    await page.waitForURL(/8\.6\.1\.html/);
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(url("file", "model", "index.html"));
    const wanted = await top(page.getByRole("heading", { name: "I want to…" }));
    assert.ok(wanted < 1.5 * 780, `"I want to…" stands at ${wanted}`);
    const size = await tile.boundingBox();
    assert.ok(size.width >= 24 && size.height >= 24, "a finger meets a tile");
  },

  async "a chapter unfolds in place by pointer and by keyboard"({ page, url }) {
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const place of ["http", "file"]) {
      await page.goto(url(place, "model", "8.6-resolution/incident-management.html"));
      const button = page.getByRole("button", { name: /Show the documents of 8\.7/ });
      await button.click();
      const link = page.locator("nav.side a", { hasText: "Service continuity plan" }).first();
      await link.waitFor();
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      await button.click();
      assert.equal(await link.isVisible(), false);
      await page.locator(".skip").focus();
      await tabTo(page, () => document.activeElement.getAttribute("aria-label")?.includes("of 8.7"));
      await page.keyboard.press("Enter");
      await link.waitFor();
      await link.click();
      await page.waitForURL(/8\.7-assurance/);
      assert.ok(await page.locator("nav.side [aria-current=page]").isVisible());
      await page.locator("nav.side summary", { hasText: "Lists" }).click();
      await page.locator("nav.side a[href$='register.html']").click();
      await page.waitForURL(/register\.html/);
    }
  },

  async "the register is found through as a whole, whatever part is shown"({ page, url }) {
    for (const place of ["http", "file"]) {
      await page.goto(url(place, "long", "register.html"));
      const rows = page.locator("table.register tbody tr:visible");
      const found = page.locator("form.find output");
      assert.equal(await rows.count(), 500, "a part of it");
      assert.equal(await found.innerText(), "", "the pages say which");
      await page.getByRole("searchbox").fill("POL-LNG-519");
      await page.waitForFunction(() => document.querySelectorAll("table.register tbody tr:not([hidden])").length === 1);
      assert.match(await found.innerText(), /^Showing 1 of 520$/);
      assert.match(await rows.first().innerText(), /POL-LNG-519\s+Document 519\s+Current\s+Owner 9/);
      await rows.first().getByRole("link", { name: "Document 519" }).click();
      await page.waitForURL(/document-519\.html/);
      await page.goto(url(place, "long", "register-2.html"));
      await page.getByRole("searchbox").fill("no such thing");
      await page.waitForFunction(() => !document.querySelector("table.register tbody tr:not([hidden])"));
      assert.match(await found.innerText(), /^Showing 0 of 520$/);
      await page.getByRole("searchbox").fill("");
      await page.waitForFunction(() => document.querySelectorAll("table.register tbody tr:not([hidden])").length === 520);
    }
  },

  async "a state is picked by pointer, by keyboard and by address, and without scripts it leads to a list"({ page, context, url }) {
    await page.goto(url("file", "model", "register.html"));
    const rows = page.locator("table.register tbody tr:visible");
    const pick = page.locator(".counts a", { hasText: "Overdue" });
    await pick.click();
    assert.equal(await rows.count(), 1);
    assert.equal(await pick.getAttribute("aria-current"), "true");
    assert.match(page.url(), /\?state=overdue$/);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll("table.register tbody tr:not([hidden])").length === 1);
    await page.locator(".skip").focus();
    await tabTo(page, () => document.activeElement.dataset.pick === "");
    await page.keyboard.press("Enter");
    assert.equal(await rows.count(), 110);
    const own = await context.browser().newContext({ javaScriptEnabled: false });
    const still = await own.newPage();
    await still.goto(url("file", "model", "register.html"));
    await still.locator(".counts a", { hasText: "Overdue" }).click();
    await still.waitForURL(/states\/overdue\.html/);
    assert.equal(await still.locator("ul.rows > li").count(), 1);
    await own.close();
  },

  async "columns of the register come on demand, and stay"({ page, context, url }) {
    await page.goto(url("http", "model", "register.html"));
    const heads = page.locator("table.register thead th:visible");
    assert.equal(await heads.count(), 5);
    await page.locator(".picker summary").click();
    await page.getByRole("checkbox", { name: "Classification" }).check();
    assert.equal(await heads.count(), 6);
    await page.keyboard.press("Escape");
    await page.reload();
    assert.equal(await heads.count(), 6);
    assert.ok(await page.getByRole("columnheader", { name: "Classification" }).isVisible());
    const own = await context.browser().newContext({ javaScriptEnabled: false });
    const still = await own.newPage();
    await still.goto(url("http", "model", "register.html"));
    await still.locator(".picker summary").click();
    await still.getByRole("checkbox", { name: "Version" }).check();
    assert.equal(await still.locator("table.register thead th:visible").count(), 6, "without scripts too");
    await own.close();
  },

  async "findings are filtered as a whole list"({ page, url }) {
    await page.goto(url("file", "long", "findings-2.html"));
    const field = page.locator("form.filters select[name=rule]");
    await field.selectOption("broken-link");
    await page.waitForFunction(() => document.querySelectorAll(".findings > li:not([hidden])").length === 520);
    const shown = page.locator(".findings > li:visible");
    assert.equal(await shown.count(), 520, "from all parts");
    assert.match(await page.locator("form.filters output").innerText(), /^Showing 520 of \d+$/);
    assert.match(await shown.first().innerText(), /broken-link[\s\S]*nowhere-\d+\.md/);
    await shown.first().locator("a.doc").click();
    await page.waitForURL(/document-\d+\.html/);
  },

  async "a cell with many documents counts them and unfolds"({ page, url }) {
    await page.goto(url("file", "long", "matrix.html"));
    const cell = page.locator("details.many").first();
    assert.match(await cell.locator("summary").innerText(), /^\d+\s+\d+/);
    assert.equal(await cell.locator("a.chip").first().isVisible(), false);
    await cell.locator("summary").press("Enter");
    assert.equal(await cell.locator("a.chip:visible").count(), 4);
    assert.ok(await cell.getByRole("link", { name: /more on the page of the clause/ }).isVisible());
    // None of this owner's documents is among the four that a cell shows.
    await page.locator("form.filters select[name=owner]").selectOption({ label: "Late owner" });
    assert.equal(await page.locator("table.matrix tr[data-unit]:visible").count(), 1);
    await page.locator(".jump a", { hasText: "8.6" }).click();
    assert.match(page.url(), /#g8\.6$/);
  },

  async "a link is copied with id and version, and a problem is reported with its section"({ page, context, url }) {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(url("http", "long", "document-1.html"));
    await page.getByRole("button", { name: "Copy link" }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^POL-LNG-001 v1\.0 Document 1: http:.*document-1\.html/);
    await page.locator(".toc a", { hasText: "Steps & care" }).click();
    await page.waitForFunction(() => document.querySelector(".toc .here")?.textContent === "Steps & care");
    const report = page.getByRole("link", { name: "Report a problem" });
    await report.evaluate((link) => { link.addEventListener("click", (event) => event.preventDefault()); });
    await report.click();
    assert.equal(await report.getAttribute("href"), "https://git.example.org/new?title=POL-LNG-001%201.0%20Steps%20%26%20care");
    await page.evaluate(() => { window.print = () => { window.printed = true; }; });
    await page.getByRole("button", { name: "Print" }).press("Enter");
    assert.equal(await page.evaluate(() => window.printed), true);
  },
};
