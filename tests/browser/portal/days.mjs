// On later days a browser shows the same as a build of that day. tests/days_browser.rs builds the portals: NAME/base for
// the first day, NAME/DAY for later ones; plan.json lists them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

const plans = (folder) => JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));

// Pages of every kind that shows states, verdicts or figures.
function pages(folder, name) {
  const base = join(folder, name, "base");
  const html = (sub) => readdirSync(join(base, sub)).filter((file) => file.endsWith(".html")).map((file) => join(sub, file));
  const clauses = ["4.1", "8", "8.2.3", "8.2.3.1", "8.6", "8.6.1", "10.1", "10.1.2"].map((id) => `clauses/iso20000-1/${id}.html`);
  return [
    "index.html", "matrix.html", "matrix-iso27001.html", "register.html", "information.html", "applicability-iso27001.html",
    "clauses/iso20000-1/index.html", "clauses/iso27001/A.5.1.html", "clauses/iso27001/A.7.1.html", ...clauses,
    ...html("owners"), ...html("types").slice(0, 4), "groups/8.6.html", ...html(".").filter((file) => /^\d+\.html$/.test(file)),
  ].filter((path) => readdirSync(join(base, path, "..")).includes(path.split("/").at(-1)));
}

// The parts of a page that may change with the day: the text of <main>, except elements that show the build's day, and
// the states and verdicts of marks. If `html` is given, reads that page without running its scripts.
function facts(html) {
  const page = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main").cloneNode(true);
  const without = "[data-day=build], [hidden], .copy, .anchor, form, .acts, [data-countdown] small, script";
  for (const one of main.querySelectorAll(without)) one.remove();
  const marks = [...main.querySelectorAll("[data-state], [data-verdict]")].map((one) => `${one.tagName} ${one.dataset.state ?? one.dataset.verdict}`);
  const bars = [...main.querySelectorAll("svg.bar rect")].map((one) => [one.dataset.verdict ?? one.dataset.state, Number(one.getAttribute("x")), Number(one.getAttribute("width"))].join(" "));
  return { text: main.textContent.replace(/\s+/g, " ").trim(), marks, bars };
}

// Fails with the first difference only, to keep the message readable.
function same(shown, expected, where) {
  for (const part of ["text", "marks", "bars"]) {
    const [one, other] = [shown[part], expected[part]];
    const at = [...one].findIndex((piece, at) => piece !== other[at]);
    if (at < 0 && one.length === other.length) continue;
    const near = (list) => part === "text" ? list.slice(Math.max(0, at - 60), at + 60) : list.slice(at, at + 3);
    assert.fail(`${where}: ${part} shows ${near(one)} instead of ${near(other)}`);
  }
}

const rebuilt = (folder, name, day, path) => readFileSync(join(folder, name, day, path), "utf8");

export const scenes = {
  async "a later day is shown as a build of that day has it"({ page, url, folder }) {
    for (const { name, asOf, days } of plans(folder)) {
      let changed = 0;
      for (const path of pages(folder, name)) {
        await page.clock.setFixedTime(new Date(asOf + "T12:00:00"));
        await page.goto(url("http", name, `base/${path}`));
        const first = await page.evaluate(facts);
        // Forwards and backwards, to show that nothing remains from another day.
        for (const day of [...days, ...days.toReversed()]) {
          await page.evaluate((day) => window.clausebook.showDay(day), day);
          const shown = await page.evaluate(facts);
          same(shown, await page.evaluate(facts, rebuilt(folder, name, day, path)), `${name} ${path} on ${day}`);
          changed += shown.text !== first.text;
        }
        await page.evaluate((day) => window.clausebook.showDay(day), asOf);
        same(await page.evaluate(facts), first, `${name} ${path}, back on the first day`);
      }
      assert.ok(changed > 50, "days differ");
    }
  },

  async "a page that is opened on a later day shows that day"({ page, url, folder }) {
    const [{ name, days }] = plans(folder);
    for (const place of ["http", "file"]) {
      for (const path of ["index.html", "matrix.html", "register.html", "clauses/iso20000-1/8.6.1.html", "00.html", "owners/index.html"]) {
        const day = days[path.length % days.length];
        await page.clock.setFixedTime(new Date(day + "T00:00:30"));
        await page.goto(url(place, name, `base/${path}`));
        await page.evaluate(() => window.clausebook.shown);
        same(await page.evaluate(facts), await page.evaluate(facts, rebuilt(folder, name, day, path)), `${place} ${path} on ${day}`);
        assert.ok(await page.locator("[data-built-note]").isVisible(), "the build's day is named");
      }
    }
  },

  async "a page shows the build's day where there is no later one"({ page, url, folder, context }) {
    const [{ name, asOf }] = plans(folder);
    const expected = (path) => page.evaluate(facts, rebuilt(folder, name, "base", path));
    for (const day of [asOf, "2020-01-01"]) {
      await page.clock.setFixedTime(new Date(day + "T12:00:00"));
      await page.goto(url("http", name, "base/index.html"));
      await page.evaluate(() => window.clausebook.shown);
      same(await page.evaluate(facts), await expected("index.html"), day);
      assert.ok(await page.locator("[data-built-note]").isHidden());
    }
    // Findings, gaps and next actions always show the build's day.
    await page.clock.setFixedTime(new Date("2031-01-01T12:00:00"));
    for (const path of ["gaps.html", "findings.html", "calendar.html"]) {
      await page.goto(url("http", name, `base/${path}`));
      await page.evaluate(() => window.clausebook.shown);
      const text = await page.locator("main").innerText();
      assert.match(text, /As of 22 November 2026, the day of the build/);
      assert.doesNotMatch(text, /2031/);
    }
  },

  async "data of another build is not used"({ page, url, folder }) {
    const [{ name, days }] = plans(folder);
    await page.clock.setFixedTime(new Date(days[0] + "T12:00:00"));
    for (const files of ["**/days/*.js?*", "**/days/whole.js"]) {
      await page.route(files, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace(/"version":"\w+"/, '"version":"elsewhere"') });
      });
      await page.goto(url("http", name, "base/index.html"));
      await page.evaluate(() => window.clausebook.shown);
      same(await page.evaluate(facts), await page.evaluate(facts, rebuilt(folder, name, "base", "index.html")), `the build's day, other ${files}`);
      await page.unroute(files);
    }
  },

  async "a page of another build shows its own day"({ page, url, folder }) {
    const [{ name, days }] = plans(folder);
    const day = days.toSorted().at(-1);
    await page.clock.setFixedTime(new Date(day + "T12:00:00"));
    const other = {
      "clauses/iso20000-1/8.6.1.html": [/(<span class="mark" data-verdict=")[\w-]+(" data-of="clauses\/iso20000-1\/8\.6\.1\.html">)/, "$1not-applicable$2"],
      "owners/index.html": [/data-states="[\d,]+"/, 'data-states="0,0,0,0,0,0,0,99"'],
      "index.html": [/data-days="\w+"/, 'data-days="elsewhere"'],
    };
    for (const [path, [what, change]] of Object.entries(other)) {
      const changed = rebuilt(folder, name, "base", path).replace(what, change);
      assert.notEqual(changed, rebuilt(folder, name, "base", path), path);
      await page.route(`**/base/${path}`, (route) => route.fulfill({ body: changed, contentType: "text/html" }));
      await page.goto(url("http", name, `base/${path}`));
      await page.evaluate(() => window.clausebook.shown);
      same(await page.evaluate(facts), await page.evaluate(facts, changed), path);
      assert.equal(await page.evaluate(() => window.clausebook.today), "2026-11-22", path);
    }
  },

  async "the navigation counts what the script of the whole handbook says"({ page, url, folder }) {
    const [{ name, asOf }] = plans(folder);
    await page.clock.setFixedTime(new Date(asOf + "T12:00:00"));
    for (const place of ["http", "file"]) for (const path of ["index.html", "clauses/iso20000-1/8.6.1.html"]) {
      await page.goto(url(place, name, `base/${path}`));
      const { counts } = await page.evaluate(() => window.clausebookWhole);
      assert.ok(counts.findings > 0 && counts.gaps > 0);
      for (const [number, [verdict]] of Object.entries(await page.evaluate(() => window.clausebookWhole.chapters))) {
        const dot = page.locator(".side .groups li", { has: page.locator(`.no:text-is("${number}")`) }).locator(".dot").first();
        assert.equal(await dot.getAttribute("data-verdict"), verdict, `${place} ${path} ${number}`);
        // The dot is in the first line of its chapter, with or without a figure beside it.
        const [from, at] = [await dot.locator("xpath=..").boundingBox(), await dot.boundingBox()];
        assert.ok(at.y >= from.y && at.y < from.y + 16, `${place} ${path} ${number}: ${at.y} in ${from.y}`);
      }
      for (const [key, count] of Object.entries(counts)) {
        const shown = page.locator(`.side [data-count="${key}"] .count`);
        assert.equal(await shown.textContent(), String(count), `${place} ${path}`);
      }
      assert.doesNotMatch(rebuilt(folder, name, "base", path), /data-count="\w+"[^>]*>\d/);
    }
  },
};
