// The search, from a server and from a folder.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

const PLACES = ["http", "file"];

const field = (page) => page.getByRole("combobox", { name: "Search the handbook" });
const results = (page) => page.locator(".results [role=option]");

// Opens a page, then the search dialog by its keyboard shortcut, and types a query.
async function ask(page, address, query, key = "/") {
  await page.goto(address);
  await page.keyboard.press(key);
  await field(page).fill(query);
}

// The results shown, once their number has been announced.
async function found(page) {
  await page.locator(".search-ui [role=status]").filter({ hasText: /result|Nothing/ }).waitFor();
  return results(page).allInnerTexts();
}

export const scenes = {
  async "search is typed and chosen by keyboard, in the dialog and from any depth"({ page, url }) {
    for (const place of PLACES) {
      await ask(page, url(place, "model", "8.6-resolution/incident-management.html"), "major incident", "Control+k");
      await found(page);
      const first = results(page).first();
      assert.match(await first.innerText(), /Major incident/i);
      assert.ok(await first.locator("mark").count() > 0, "words are marked");
      assert.ok(await first.locator(".mark[data-state]").count() > 0, "the state is shown");
      assert.equal(await field(page).getAttribute("aria-expanded"), "true");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      // The focus stays in the field, which announces the chosen option; the list highlights it.
      assert.equal(await page.evaluate(() => document.activeElement.name), "q");
      const second = results(page).nth(1);
      assert.equal(await field(page).getAttribute("aria-activedescendant"), await second.getAttribute("id"));
      assert.equal(await second.getAttribute("aria-selected"), "true");
      const target = await second.evaluate((link) => link.href);
      await page.keyboard.press("Enter");
      await page.waitForURL(target);
      await page.locator("h1").waitFor();
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

  async "filters narrow what is found, by type, owner, state, clause group and service"({ page, url }) {
    await page.goto(url("file", "model", "search.html?q=incident"));
    const count = async () => Number((await page.locator(".search-ui [role=status]").innerText()).match(/\d+/)?.[0] ?? 0);
    await found(page);
    const all = await count();
    for (const [name, value] of [["type", "record"], ["owner", "Incident Manager"], ["state", "due-soon"], ["group", "8.6"], ["service", "Managed Network"]]) {
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

  async "readers' questions find their answers"({ page, url, folder }) {
    await page.goto(url("file", "model", "search.html"));
    await field(page).waitFor();
    const ask = (list) => page.evaluate(async (list) => {
      const { search, record } = window.clausebook.finder;
      const ranks = [];
      for (const { asked, answers } of list) {
        const { hits } = await search(asked);
        const shown = await Promise.all(hits.slice(0, 5).map(record));
        const rank = shown.findIndex(({ url, anchor }) => answers.some((answer) => `${url}#${anchor}`.includes(answer)));
        ranks.push({ asked, rank });
      }
      return ranks;
    }, list);
    const [given, further] = JSON.parse(readFileSync(join(folder, "questions.json"), "utf8"));
    for (const [list, first, amongFive] of [[given, 18, 21], [further, 36, 44]]) {
      const ranks = await ask(list);
      const told = ranks.filter(({ rank }) => rank !== 0).map(({ asked, rank }) => `${asked}: ${rank < 0 ? "not found" : rank + 1}`);
      assert.ok(ranks.filter(({ rank }) => rank === 0).length >= first, told.join("\n"));
      assert.ok(ranks.filter(({ rank }) => rank >= 0).length >= amongFive, told.join("\n"));
    }
  },

  async "a misspelt word is corrected, and can be asked for all the same"({ page, url }) {
    for (const place of PLACES) {
      await ask(page, url(place, "model", "matrix.html"), "incidnet managment");
      await page.getByText("Showing results for “incident management”.").waitFor();
      assert.match((await found(page))[0], /Incident management/);
      await page.getByRole("button", { name: "Search for “incidnet managment” instead" }).click();
      await page.getByText("No results for “incidnet managment”.").waitFor();
      await page.locator(".search-note").getByRole("button", { name: "incident", exact: true }).click();
      await page.locator(".search-ui [role=status]").filter({ hasText: /result/ }).waitFor();
    }
  },

  async "odd words, other spellings and alternative texts are found"({ page, url }) {
    for (const query of [
      "C++", "i/o", "e-mail", "email", "2.3.1", "v2.3.1", "llama",
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ]) {
      await ask(page, url("file", "small", "index.html"), query);
      assert.match((await found(page))[0] ?? "", /PRO-WRD/, query);
      assert.ok(await results(page).first().locator("mark").count() > 0, `${query} is marked`);
    }
    // The document has soft hyphens within the word.
    await ask(page, url("file", "small", "index.html"), "continuity");
    assert.ok((await found(page)).some((text) => /PRO-WRD[^]*continuity/.test(text)));
  },

  async "small words match no longer ones, and the glossary's words come before those that begin like them"({ page, url }) {
    await ask(page, url("file", "small", "index.html"), "write to");
    for (const text of await found(page)) assert.doesNotMatch(text, /PRO-PRN/);
    await field(page).fill("CAB");
    await page.locator(".results b mark").filter({ hasText: /^CAB$/i }).or(page.locator(".results .section mark").filter({ hasText: /^CAB$/ })).first().waitFor();
    assert.match((await found(page))[0], /Terms[^]*CAB/);
    await field(page).fill("gizmo");
    await page.getByText("also: device").waitFor();
    assert.ok((await found(page)).some((text) => /Care of devices/.test(text)));
  },

  async "what to do comes before what was done"({ page, url }) {
    await ask(page, url("file", "small", "index.html"), "printers fail");
    assert.match((await found(page))[0], /PRO-PRN/);
    await field(page).fill("report printers");
    await page.locator(".results [role=option]").first().filter({ hasText: /RPT-SRV/ }).waitFor();
  },

  async "before anything is typed, pages to come back to are offered"({ page, url }) {
    for (const place of PLACES) {
      await page.goto(url(place, "model", "8.6-resolution/incident-management.html"));
      await page.goto(url(place, "model", "8.5-change/change-management.html"));
      await page.keyboard.press("/");
      const recent = page.getByRole("group", { name: "Recently opened" });
      await recent.getByRole("option", { name: /Incident management/ }).waitFor();
      assert.equal(await recent.getByRole("option", { name: /Change management/ }).count(), 0, "not the page itself");
      assert.ok(await page.getByRole("group", { name: "Most referenced" }).getByRole("option").count() > 2);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(url(place, "model", "8.6-resolution/incident-management.html"));
    }
  },

  async "a result shows a sentence with what was asked for"({ page, url }) {
    await ask(page, url("file", "model", "index.html"), "stand down major incident");
    await found(page);
    const texts = await results(page).locator("p:last-child").allInnerTexts();
    assert.ok(texts.length > 3 && texts.filter((text) => /^(…|\p{Lu}|[(\d“])/u.test(text)).length >= texts.length * 0.8, texts.join("\n"));
  },

  async "German words are found without umlauts, and as parts of compounds"({ page, url }) {
    for (const place of PLACES) {
      await page.goto(url(place, "german", "search.html"));
      const input = page.locator(".search-ui input");
      for (const [asked, title] of [
        ["Störung", "Störungsbearbeitung"], ["storung", "Störungsbearbeitung"], ["Stoerung", "Störungsbearbeitung"],
        ["stoerungsbearbeitung", "Störungsbearbeitung"], ["für Stoerungen", "Störungsbearbeitung"],
        ["Bearbeitung", "Störungsbearbeitung"], ["Planung", "Kapazitaetsplanung"], ["Kapazität", "Kapazitaetsplanung"],
      ]) {
        await input.fill(asked);
        await page.waitForFunction((title) => [...document.querySelectorAll(".results .name")].some((one) => one.textContent.includes(title)), title)
          .catch(() => assert.fail(`${place}: ${asked} does not find ${title}`));
        assert.equal(await page.getByText("Ergebnisse für").count(), 0, `${asked} is not corrected`);
      }
      await input.fill("Bearbeitung");
      await page.locator(".results mark", { hasText: /^bearbeitung$/ }).first().waitFor();
    }
  },

  async "one letter is too few, and no reason to look elsewhere"({ page, url }) {
    await ask(page, url("file", "model", "index.html"), "x");
    await page.getByText("Type at least two letters or digits.").waitFor();
    assert.equal(await page.locator(".search-note").innerText(), "");
    await field(page).fill("xqzjy");
    await page.getByText("No results for").waitFor();
    assert.match(await page.locator(".search-note").innerText(), /look here: Document register · Coverage matrix$/);
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
