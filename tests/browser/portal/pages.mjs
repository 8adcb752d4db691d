// Pages are valid and work under a strict policy, from a server and from a folder, with and without scripts.
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

import { typical } from "./kinds.mjs";

// Rules for valid HTML, without those that are a matter of style or depend on the author.
const VALID = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    // Authors choose the titles.
    "long-title": "off",
    // The portal's own IDs start with `~`, so that they never clash with those of headings in documents.
    "valid-id": ["error", { relaxed: true }],
    // Boxes that scroll by keyboard have the role region; sections would clutter the list of landmarks.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Filters take effect while the reader types, so their forms need no submit button.
    "wcag/h32": "off",
  },
};

// Runs in the page before its content loads, and records every theme that it has.
const noteThemes = () => {
  globalThis.themes = [];
  const note = () => { if (document.body) globalThis.themes.push(document.documentElement.dataset.theme); };
  new MutationObserver(note).observe(document, { childList: true, subtree: true });
};

export const scenes = {
  async "every kind of page is valid"({ folder, packages }) {
    const { HtmlValidate, StaticConfigLoader } = createRequire(packages + "/")("html-validate");
    const validator = new HtmlValidate(new StaticConfigLoader(VALID));
    const found = [];
    for (const [portal, path] of typical(folder)) {
      const report = await validator.validateString(readFileSync(join(folder, portal, path), "utf8"));
      const problems = report.results.flatMap(({ messages }) => messages);
      found.push(...problems.map((problem) => `${portal}/${path}:${problem.line}:${problem.column} ${problem.ruleId} ${problem.message}`));
    }
    assert.deepEqual(found, []);
  },

  async "every page has a title of its own"({ folder }) {
    for (const portal of ["model", "long"]) {
      const titles = new Map();
      for (const path of readdirSync(join(folder, portal), { recursive: true }).filter((path) => path.endsWith(".html"))) {
        const html = readFileSync(join(folder, portal, path), "utf8");
        if (html.includes("http-equiv=\"refresh\"")) continue;
        const title = html.match(/<title>(.*?)<\/title>/s)[1];
        assert.equal(titles.get(title), undefined, `${title}: ${path}`);
        titles.set(title, path);
      }
      assert.ok(titles.size > 100);
    }
  },

  async "every kind of page loads without a problem and asks for nothing elsewhere"({ page, url, folder }) {
    for (const place of ["http", "file"]) {
      for (const [portal, path] of typical(folder)) {
        await page.goto(url(place, portal, path), { waitUntil: "load" });
        assert.ok(await page.locator("h1").isVisible(), path);
        const styled = await page.evaluate(() => getComputedStyle(document.body).margin);
        assert.equal(styled, "0px", `${path} is not styled`);
        assert.ok(await page.evaluate(() => document.documentElement.classList.contains("js")), `${path} runs its scripts`);
      }
    }
  },

  async "a theme that was chosen is kept on the next page, without a flash"({ page, url }) {
    await page.addInitScript(noteThemes);
    for (const place of ["http", "file"]) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(url(place, "model", "index.html"));
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await paper();
      await page.getByRole("button", { name: /theme|dark|light/i }).click();
      const dark = await paper();
      assert.notEqual(dark, light);
      await page.locator("main a[href$='.html']").first().click();
      await page.waitForLoadState("load");
      assert.equal(await paper(), dark, "the next page has the theme");
      const themes = await page.evaluate(() => globalThis.themes);
      assert.ok(themes.length > 0 && themes.every((theme) => theme === "dark"), `at no time another: ${themes}`);
      await page.getByRole("button", { name: /theme|dark|light/i }).click();
      await page.reload();
      assert.equal(await paper(), light, "and back");
    }
  },

  async "a phone shows every label beside what it names"({ page, url }) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(url("file", "model", "matrix.html"));
    const cut = await page.locator(".matrix td[data-label]").evaluateAll((cells) => cells.filter((cell) => {
      const [own, label] = [getComputedStyle(cell), getComputedStyle(cell, "::before")];
      if (label.content === "none") return false;
      return cell.getBoundingClientRect().left + parseFloat(own.paddingLeft) + parseFloat(label.marginLeft) < 0;
    }).map((cell) => `${cell.dataset.label}: ${cell.textContent}`));
    assert.deepEqual(cut, [], "labels in the matrix");
    await page.goto(url("file", "model", "register.html"));
    const apart = await page.locator("form.find label").evaluateAll((labels) => labels.filter((label) => {
      const text = document.createRange();
      text.selectNodeContents(label.firstChild);
      const [words, control] = [text.getBoundingClientRect(), label.lastElementChild.getBoundingClientRect()];
      return words.bottom > control.top + 1 || Math.abs(words.left - control.left) > 1;
    }).map((label) => label.firstChild.textContent));
    assert.deepEqual(apart, [], "filters of the register");
  },

  async "a list of nonconformities shows its last column without scrolling"({ page, url }) {
    for (const portal of ["model", "german"]) {
      await page.goto(url("file", portal, "nonconformities.html"));
      const table = page.locator(".table-wrap:has(> .entries)").first();
      const [has, needs] = await table.evaluate((wrap) => [wrap.clientWidth, wrap.scrollWidth]);
      assert.ok(needs <= has, `${portal}: ${needs} pixels in ${has}`);
      const room = await table.locator("tbody td:nth-child(2)").first().evaluate((cell) => cell.clientWidth);
      assert.ok(room >= 250, `${portal}: sentences have ${room} pixels`);
    }
  },

  async "the matrix is filtered by keyboard alone"({ page, url }) {
    await page.goto(url("file", "model", "matrix.html"));
    // Subclauses and parent clauses of coverage units are shown but not counted.
    const rows = page.locator("table.matrix tr[data-unit]:visible");
    const count = async () => Number((await page.locator("form.filters output").innerText()).match(/\d+/)[0]);
    const all = await count();
    assert.equal(await rows.count(), all, "every unit is there");
    const field = page.locator("form.filters select[name=group]");
    for (let presses = 0; presses < 80 && !(await field.evaluate((one) => one === document.activeElement)); presses++) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.type("8.6");
    await page.waitForFunction(() => document.querySelector("form.filters select[name=group]").value.startsWith("8"));
    const some = await count();
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    assert.equal(await rows.count(), some);
    for (let presses = 0; presses < 5 && !(await page.evaluate(() => document.activeElement.type === "reset")); presses++) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.waitForFunction((all) => Number(document.querySelector("form.filters output").innerText.match(/\d+/)[0]) === all, all);
  },

  async "the matrix and the register are filtered by service"({ page, url }) {
    await page.goto(url("file", "model", "matrix.html"));
    const count = async () => Number((await page.locator("form[data-filters] output").innerText()).match(/\d+/)?.[0] ?? 0);
    const all = await count();
    await page.locator("form.filters select[name=service]").selectOption({ label: "Managed Network" });
    await page.waitForFunction((all) => !document.querySelector("form.filters output").innerText.includes(` ${all} of`), all);
    const rows = await count();
    assert.ok(rows > 0 && rows < all, `${rows} of ${all}`);
    for (const chip of await page.locator("table.matrix .chip:not(.dim)").all()) {
      assert.ok(await chip.getAttribute("data-service"), await chip.innerText());
    }
    await page.goto(url("file", "model", "register.html"));
    const shown = page.locator("table.register tbody tr:visible");
    const documents = await shown.count();
    await page.locator("form[data-filters] select[name=service]").selectOption({ label: "Managed Network" });
    await page.waitForFunction((documents) => [...document.querySelectorAll("table.register tbody tr")].filter((row) => !row.hidden).length < documents, documents);
    for (const row of await shown.all()) assert.ok(await row.getAttribute("data-service"));
    assert.ok(await shown.count() > 0);
  },

  async "filters are in the page's address, by name, and can be cleared when nothing matches"({ page, url }) {
    const query = () => Object.fromEntries(new URL(page.url()).searchParams);
    const count = (number) => page.waitForFunction((number) => document.querySelector("form[data-filters] output").innerText.includes(` ${number} of`), number);
    for (const place of ["http", "file"]) {
      await page.goto(url(place, "model", "matrix.html"));
      await page.locator("form.filters select[name=owner]").selectOption({ label: "Continuity Manager" });
      await page.locator("form.filters select[name=verdict]").selectOption("covered");
      assert.deepEqual(query(), { owner: "Continuity Manager", verdict: "covered" });
      const shown = await page.locator("form.filters output").innerText();
      await page.goto(page.url());
      assert.equal(await page.locator("form.filters output").innerText(), shown, "a link shows the same");
      await page.goto(url(place, "model", "matrix.html?owner=Nobody&verdict=missing#g8.6"));
      await count(0);
      const clear = page.locator("main").getByRole("button", { name: "Clear filters" }).last();
      await page.getByText("Nothing matches these filters.").waitFor();
      await clear.click();
      await count(56);
      assert.deepEqual(query(), {});
      assert.match(page.url(), /#g8\.6$/);
      assert.equal(await page.getByText("Nothing matches these filters.").isVisible(), false);

      await page.goto(url(place, "model", "findings.html?rule=no-such-rule"));
      await count(0);
      await page.goto(url(place, "model", "findings.html"));
      await page.locator("select[name=rule]").selectOption("target-missed");
      assert.deepEqual(query(), { rule: "target-missed" });

      await page.goto(url(place, "model", "index.html"));
      await page.goto(url(place, "model", "register.html"));
      assert.equal(await page.getByRole("button", { name: "Clear filters" }).isVisible(), false);
      await page.getByRole("searchbox").fill("incident");
      assert.deepEqual(query(), { find: "incident" });
      await page.locator(".counts a", { hasText: "Overdue" }).click();
      assert.deepEqual(query(), { find: "incident", state: "overdue" });
      await count(0);
      await page.goBack();
      assert.deepEqual(query(), { find: "incident" });
      assert.equal(await page.locator(".counts a", { hasText: "110 all" }).getAttribute("aria-current"), "true");
      await page.getByRole("button", { name: "Clear filters" }).first().click();
      await count(110);
      const services = await page.locator("select[name=service] option").allInnerTexts();
      assert.deepEqual(services.slice(1), services.slice(1).toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })));
    }
    await page.goto(url("file", "model", "changes.html"));
    assert.match(await page.locator("form.filters output").innerText(), /^Showing (\d+) of \1 \(on this page only\)$/);
  },

  async "without scripts pages are readable and the matrix is whole"({ context, url }) {
    for (const width of [360, 1440]) {
      const own = await context.browser().newContext({ javaScriptEnabled: false, viewport: { width, height: 900 } });
      const page = await own.newPage();
      await page.goto(url("file", "model", "matrix.html"));
      assert.equal(await page.locator("table.matrix tr[data-verdict]:visible").count() > 56, true, "a row for each clause");
      assert.equal(await page.locator("form.filters:visible").count(), 0, "no filter that does nothing");
      await page.locator("table.matrix a.chip:visible").first().click();
      assert.ok(await page.locator("main .prose p").first().isVisible(), "the document's text");
      const heading = page.locator("main .prose h2, main h2").last();
      assert.ok(await heading.isVisible());
      if (width === 360) await page.locator("button.menu").click();
      await page.locator("nav.side summary", { hasText: "Lists" }).click();
      await page.locator("nav.side a[href$='register.html']").click();
      assert.ok(await page.locator("table.register tbody tr:visible").count() > 70, "the register");
      await own.close();
    }
  },
};
