// Search, from a server and from a folder.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

const PLACES = ["http", "file"];

const field = (page) => page.getByRole("searchbox", { name: "Search the handbook" });
const results = (page) => page.locator(".results > li");

// Opens a page, then the dialog by its key, and types.
async function ask(page, address, query, key = "/") {
  await page.goto(address);
  await page.keyboard.press(key);
  await field(page).fill(query);
}

// What is shown once the number of results is.
async function found(page) {
  await page.locator(".search-ui [role=status]").filter({ hasText: /result|Nothing/ }).waitFor();
  return results(page).allInnerTexts();
}

export const scenes = {
  async "search is typed and chosen by keyboard, in the dialog and from any depth"({ page, url }) {
    for (const place of PLACES) {
      await ask(page, url(place, "model", "8.6-resolution/incident-management.html"), "major incident", "Control+k");
      await results(page).first().waitFor();
      const first = results(page).first();
      assert.match(await first.innerText(), /Major incident/i);
      assert.ok(await first.locator("mark").count() > 0, "words are marked");
      assert.ok(await first.locator(".mark[data-state]").count() > 0, "the state is shown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      const target = await page.evaluate(() => document.activeElement.href);
      assert.equal(target, await results(page).nth(1).locator("a").evaluate((link) => link.href));
      await page.keyboard.press("Enter");
      await page.waitForURL(target);
      assert.ok(await page.locator("h1").isVisible());
    }
  },

  async "what is typed before the search has loaded is not lost, and is no command"({ page, url }) {
    await page.goto(url("file", "model", "8.6-resolution/incident-management.html"));
    const here = page.url();
    await page.evaluate(() => {
      for (const key of "/priority") document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    });
    await results(page).first().waitFor();
    assert.equal(await field(page).inputValue(), "priority");
    await page.keyboard.type(" m");
    assert.equal(await field(page).inputValue(), "priority m");
    assert.equal(page.url(), here);
  },

  async "an id or a clause number leads straight there"({ page, url }) {
    for (const place of PLACES) {
      for (const [query, path] of [
        ["POL-CHG", "8.5-change/change-management-policy.html"],
        ["pol-chg-001", "8.5-change/change-management-policy.html"],
        ["8.5.1", "clauses/iso20000-1/8.5.1.html"],
        ["8.6", "clauses/iso20000-1/8.6.html"],
        ["A.5.24", "clauses/iso27001/A.5.24.html"],
        ["8", "clauses/iso20000-1/8.html"],
      ]) {
        await ask(page, url(place, "model", "matrix.html"), query);
        await page.keyboard.press("Enter");
        await page.waitForURL(url(place, "model", path));
      }
    }
  },

  async "a result within the page that is open closes the dialog and shows the section"({ page, url }) {
    await ask(page, url("file", "model", "8.5-change/change-management-policy.html"), "POL-CHG-001");
    await found(page);
    await page.keyboard.press("Enter");
    await page.locator("dialog.search-dialog").waitFor({ state: "hidden" });
  },

  async "the page of search keeps what is asked for in its address"({ page, url }) {
    await page.goto(url("http", "model", "search.html?q=backup&type=procedure"));
    const all = await found(page);
    assert.ok(all.length > 0);
    assert.equal(await field(page).inputValue(), "backup");
    assert.equal(await page.getByLabel("Type").inputValue(), "procedure");
    await field(page).fill("restore");
    await page.waitForURL(/q=restore/);
    assert.match(page.url(), /type=procedure/);
    await page.locator("h1").click();
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.name), "q");
    await page.goto(url("file", "model", "search.html?q=backup"));
    assert.ok((await found(page)).length > 0);
  },

  async "filters narrow what is found, by type, owner, state and clause group"({ page, url }) {
    await page.goto(url("file", "model", "search.html?q=incident"));
    const count = async () => Number((await page.locator(".search-ui [role=status]").innerText()).match(/\d+/)?.[0] ?? 0);
    await found(page);
    const all = await count();
    for (const [name, value] of [["type", "record"], ["owner", "Incident Manager"], ["state", "due-soon"], ["group", "8.6"]]) {
      const select = page.locator(`.search-ui select[name=${name}]`);
      await select.selectOption(value);
      await page.waitForFunction((all) => !document.querySelector(".search-ui [role=status]").innerText.startsWith(all + " "), all);
      assert.ok(await count() < all, `${name} ${value}`);
      await select.selectOption("");
      await page.waitForFunction((all) => document.querySelector(".search-ui [role=status]").innerText.startsWith(all + " "), all);
    }
  },

  async "retired documents come last and say so, unless their id is typed"({ page, url }) {
    await ask(page, url("file", "small", "index.html"), "tapes");
    const [first, ...rest] = await found(page);
    assert.match(first, /PRO-TAP-002/);
    assert.match(rest.at(-1), /PRO-TAP-001[^]*Retired/);
    await field(page).fill("PRO-TAP-001");
    await page.keyboard.press("Enter");
    await page.waitForURL(/tape-old\.html/);
  },

  async "accents, prefixes and writing without spaces are no hindrance"({ page, url }) {
    for (const [query, expected] of [
      ["grosse", /Größe & Qualität/], ["qualitat", /PRO-NAI/], ["oeuv", /PRO-NAI/], ["変更", /変更管理手順/],
      ["管", /変更管理手順/], ["サーバー", /PRO-CHG-JA/], ["ｻｰﾊﾞｰ", /PRO-CHG-JA/],
    ]) {
      await ask(page, url("file", "small", "index.html"), query);
      const [first] = await found(page);
      assert.match(first ?? "", expected, query);
      assert.ok(await results(page).first().locator("mark").count() > 0, `${query} is marked`);
    }
  },

  async "8.1 is never 8.10"({ page, url }) {
    await ask(page, url("file", "small", "index.html"), "8.10");
    assert.deepEqual((await found(page)).map((text) => /PRO-TEN/.test(text)), [true]);
    await field(page).fill("8.1");
    await page.locator(".results mark").filter({ hasText: /^8\.1$/ }).first().waitFor();
    for (const text of await results(page).locator("mark").allInnerTexts()) assert.notEqual(text, "8.10");
  },

  async "what is found is text, never markup"({ page, url }) {
    await ask(page, url("http", "small", "index.html"), "naive");
    const [first] = await found(page);
    assert.match(first, /<\/script>/);
    assert.equal(await results(page).locator("script, b b").count(), 0);
    await field(page).fill("<img src=x> $& {q}");
    await page.getByText("No results for “<img src=x> $& {q}”.").waitFor();
  },

  async "a state is that of the day of reading"({ page, url }) {
    await page.clock.setFixedTime("2031-01-01T12:00:00");
    await page.goto(url("file", "small", "search.html?q=discs"));
    const [first] = await found(page);
    assert.match(first, /Overdue/);
    await page.locator(".search-ui select[name=state]").selectOption("current");
    await page.getByText("No results for").waitFor();
  },

  async "without JavaScript the search page says where else to look"({ context, url }) {
    const plain = await context.browser().newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(url("file", "model", "search.html"));
    for (const name of ["Coverage matrix", "Document register"]) {
      assert.ok(await page.locator("main").getByRole("link", { name }).isVisible(), name);
    }
    await plain.close();
  },

  async "a query folds as the index does"({ page, url, folder }) {
    await page.goto(url("file", "small", "search.html"));
    await field(page).waitFor();
    for (const { text, folded, terms } of JSON.parse(readFileSync(join(folder, "folded.json"), "utf8"))) {
      const own = await page.evaluate((text) => {
        const folded = window.clausebook.fold(text);
        return { folded, terms: window.clausebook.terms(folded) };
      }, text);
      assert.deepEqual(own, { folded, terms }, text);
    }
  },
};
