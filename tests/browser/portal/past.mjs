// Pages about the past: changes, versions, the redline, and past coverage.
import assert from "node:assert/strict";

const REDLINE = "versions/POL-CHG-001/changes.html";

// The documents and versions in the visible rows.
const shown = (page) => page.locator("table.changes tbody tr:visible").evaluateAll((rows) =>
  rows.map((row) => /[A-Z]{3}-[A-Z]{3}-\d+/.exec(row.cells[1].textContent)[0] + " " + row.cells[2].textContent.trim()));

const ALL = ["POL-CHG-001 3.0", "PRO-INC-001 2.0", "PRO-INC-001 1.0"];

async function tabTo(page, wanted) {
  for (let presses = 0; presses < 80; presses++) {
    if (await page.locator(wanted).evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${wanted} is not reached by keyboard`);
}

// The text decorations of inserted and deleted words: underlined or struck through.
const lines = (page) => page.evaluate(() => Object.fromEntries(["ins", "del"].map((name) =>
  [name, [...new Set([...document.querySelectorAll(`main ${name}`)].map((one) => getComputedStyle(one).textDecorationLine))]])));

export const scenes = {
  async "changes are filtered by pointer"({ page, url }) {
    for (const place of ["http", "file"]) {
      await page.goto(url(place, "past", "changes.html"));
      assert.deepEqual(await shown(page), ALL, "newest first");
      const form = page.locator("form.filters");
      for (const [name, value, rows] of [
        ["type", "policy", ALL.slice(0, 1)], ["type", "procedure", ALL.slice(1)],
        ["clause", "8.5.1.1", ALL.slice(0, 1)], ["clause", "8.6.1", ALL.slice(1)],
      ]) {
        await form.locator(`select[name=${name}]`).selectOption(value);
        assert.deepEqual(await shown(page), rows, `${name} is ${value}`);
        assert.match(await form.locator("output").innerText(), new RegExp(`${rows.length}.*3`));
        await form.getByRole("button").click();
        await page.waitForFunction(() => document.querySelectorAll("table.changes tbody tr:not([hidden])").length === 3);
      }
      await form.locator("select[name=owner]").selectOption({ label: "Incident Manager" });
      assert.deepEqual(await shown(page), ALL.slice(1));
      await form.locator("select[name=type]").selectOption("policy");
      assert.deepEqual(await shown(page), [], "all that is chosen must fit");
    }
  },

  async "changes are filtered by keyboard alone, and quarters lead to each other"({ page, url }) {
    await page.goto(url("file", "past", "changes.html"));
    for (const [name, typed, rows] of [["type", "Pro", ALL.slice(1)], ["owner", "Inc", ALL.slice(1)], ["clause", "8.5", []]]) {
      await tabTo(page, `form.filters select[name=${name}]`);
      await page.keyboard.type(typed);
      await page.waitForFunction(([name]) => document.querySelector(`form.filters select[name=${name}]`).value, [name]);
      assert.deepEqual(await shown(page), rows, name);
    }
    await tabTo(page, "form.filters [type=reset]");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll("table.changes tbody tr:not([hidden])").length === 3);
    await page.locator("nav.pagination a", { hasText: "Q1" }).click();
    await page.waitForLoadState("load");
    assert.deepEqual(await shown(page), ["POL-CHG-001 2.0", "POL-CHG-001 1.0"]);
    await page.locator("nav.pagination a", { hasText: "Q2" }).click();
    await page.waitForLoadState("load");
    assert.deepEqual(await shown(page), ALL);
  },

  async "the redline is read without scripts, without colours and in print"({ context, url }) {
    const looks = [{ media: "screen" }, { media: "print" }, { media: "screen", forcedColors: "active" }, { media: "screen", colorScheme: "dark" }];
    const own = await context.browser().newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await own.newPage();
    await page.goto(url("http", "past", REDLINE));
    const main = page.locator("main");
    const words = async (name) => (await main.locator(`.redline ${name}`).allInnerTexts()).join(" ");
    for (const look of looks) {
      await page.emulateMedia(look);
      assert.deepEqual(await lines(page), { ins: ["underline"], del: ["line-through"] }, JSON.stringify(look));
      for (const word of ["two", "Emergency", "Records", "2"]) assert.ok((await words("ins")).includes(word), word);
      for (const word of ["thirty", "Forgotten", "30"]) assert.ok((await words("del")).includes(word), word);
    }
    assert.equal(await main.locator(".redline b").count(), 0, "markup of a text is text");
    await own.close();
  },

  async "versions lead from the document to the redline and to the text before"({ page, url }) {
    for (const place of ["http", "file"]) {
      await page.goto(url(place, "past", "policy.html"));
      await page.locator("a[href='versions/POL-CHG-001/index.html']").first().click();
      await page.waitForLoadState("load");
      assert.deepEqual(await page.locator("main tbody th[scope=row]").allInnerTexts(), ["3.0 current", "2.0", "1.0"]);
      await page.locator("main a[href$='before.html']").click();
      await page.waitForLoadState("load");
      const main = page.locator("main");
      assert.match(await main.locator(".notice").innerText(), /Replaced on 9 May 2026 by version 3\.0/);
      assert.match(await main.locator(".prose").innerText(), /within thirty days/);
      await main.locator("a[href$='versions/POL-CHG-001/index.html']").click();
      await page.locator("main a[href$='changes.html']").click();
      await page.waitForLoadState("load");
      assert.match(await main.locator("h1").innerText(), /Change policy|POL-CHG-001/);
      assert.ok(await main.locator(".redline ins").first().isVisible());
    }
  },

  async "the course of coverage is a picture and a table"({ page, url }) {
    await page.goto(url("http", "past", "history.html"));
    const picture = page.locator("svg.course");
    assert.ok(await picture.isVisible() && (await picture.getAttribute("aria-label")).length > 10);
    for (const line of ["units", "items", "units ahead", "items ahead"]) {
      const stroke = await picture.locator(`path[class='${line}']`).evaluate((path) => [getComputedStyle(path).stroke, path.getTotalLength()]);
      assert.ok(stroke[0] !== "none" && stroke[1] > 0, `${line} is drawn: ${stroke}`);
    }
    const months = await page.locator("main table").first().locator("tbody tr").count();
    assert.ok(months >= 5, `${months} months since January`);
  },

  async "a home page of an earlier day says so, with scripts and without"({ page, context, url }) {
    const own = await context.browser().newContext({ javaScriptEnabled: false });
    for (const one of [page, await own.newPage()]) {
      await one.goto(url("http", "earlier", "index.html"));
      const notice = one.locator("main > .notice, main .notice").first();
      assert.match(await notice.innerText(), /9 May 2026[^]*31 March 2026/);
      assert.ok(await notice.isVisible());
      await one.goto(url("http", "past", "index.html"));
      assert.equal(await one.locator("main .notice").count(), 0, "nothing is later than that day");
    }
    await own.close();
  },
};
