// Plays an author in a browser. Run by tests/serve_browser.rs, which starts the preview.
// usage: node serve.mjs PACKAGES CHROMIUM URL FILE SCENE
import { createRequire } from "node:module";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import assert from "node:assert/strict";

const [packages, executablePath, url, file, scene] = process.argv.slice(2);
const { chromium } = createRequire(packages + "/")("playwright-core");
const args = [
  "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];
const timeout = 30_000;

const original = readFileSync(file, "utf8");
const save = (text) => { writeFileSync(file + ".tmp", text); renameSync(file + ".tmp", file); };
const panel = (page) => page.locator("#clausebook-preview .panel");
const bar = (page) => page.locator("#clausebook-preview .bar");

const scenes = {
  async "an edit shows without a reload by hand, where the reader was"(page) {
    await page.goto(url);
    await page.evaluate(() => { window.untouched = true; scrollTo({ top: 400, behavior: "instant" }); });
    const before = await page.evaluate(() => scrollY);
    assert.ok(before > 0, "the page is long enough to scroll");
    save(original.replace("First words.", "Other words."));
    await page.getByText("Other words.").waitFor({ timeout });
    assert.equal(await page.evaluate(() => window.untouched), undefined, "it is a new page");
    await page.waitForTimeout(500);
    const after = await page.evaluate(() => scrollY);
    assert.ok(Math.abs(after - before) < 3, `from ${before} to ${after}`);
  },

  async "what is broken shows with its line, as text, and goes when it is mended"(page) {
    await page.goto(url);
    await bar(page).getByText("clauses").waitFor({ timeout });
    save(original.replace("status: approved", "status: <img src=x onerror=alert(1)>"));
    const line = panel(page).getByText("status: <img src=x onerror=alert(1)>").first();
    await line.waitFor({ timeout });
    assert.match(await panel(page).innerText(), /doc\.md:5:/);
    assert.equal(await panel(page).locator("img").count(), 0);
    await bar(page).getByText("no longer covered").waitFor({ timeout });
    save(original);
    await line.waitFor({ state: "detached", timeout });
    await bar(page).getByText("covered now").waitFor({ timeout });
  },

  async "settings that cannot be used show on a page that stays, and the panel goes when they are mended"(page) {
    await page.goto(url);
    await page.evaluate(() => { window.untouched = true; });
    await bar(page).getByText("clauses").waitFor({ timeout });
    const settings = file.replace(/content\/.*/, "clausebook.yaml");
    const sound = readFileSync(settings, "utf8");
    writeFileSync(settings, "titel: x\n");
    const line = panel(page).getByText("titel: x").first();
    await line.waitFor({ timeout });
    assert.ok(await page.getByText("First words.").isVisible());
    writeFileSync(settings, sound);
    await line.waitFor({ state: "detached", timeout });
    assert.equal(await page.evaluate(() => window.untouched), true, "the same page is shown all the time");
    assert.equal(await panel(page).isVisible(), false);
  },

  async "only the page that changed reloads, and a hidden one asks for nothing"(page, context) {
    await page.goto(url);
    const other = await context.newPage();
    await other.goto(url.replace("doc.html", "other.html"));
    await other.evaluate(() => { window.untouched = true; });
    await bar(other).getByText("clauses").waitFor({ timeout });
    save(original.replace("First words.", "Third words."));
    await page.getByText("Third words.").waitFor({ timeout });
    assert.equal(await other.evaluate(() => window.untouched), true);

    let asked = 0;
    other.on("request", (request) => { asked += request.url().includes("/~preview/") ? 1 : 0; });
    await other.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await other.waitForTimeout(300);
    asked = 0;
    save(original.replace("First words.", "Fourth words."));
    await page.getByText("Fourth words.").waitFor({ timeout });
    await other.waitForTimeout(500);
    assert.equal(asked, 0, "nobody looks at it");
    await other.evaluate(() => {
      delete document.visibilityState;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await other.waitForTimeout(1000);
    assert.ok(asked > 0, "it asks when somebody looks again");
  },

  async "the bar is used by keyboard, can be closed, and stays closed"(page) {
    await page.goto(url);
    await bar(page).getByText("clauses").waitFor({ timeout });
    await bar(page).locator(".toggle").focus();
    await page.keyboard.press("Enter");
    await panel(page).waitFor({ state: "visible", timeout });
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "hidden", timeout });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await bar(page).waitFor({ state: "hidden", timeout });
    save(original.replace("First words.", "Fifth words."));
    await page.getByText("Fifth words.").waitFor({ timeout });
    assert.equal(await bar(page).isVisible(), false);
    await page.keyboard.press("Shift+Tab");
    await page.locator("#clausebook-preview .reopen").click();
    await bar(page).waitFor({ state: "visible", timeout });
  },

  async "the bar and the panel hide nothing for good, on a phone either"(page) {
    await page.setViewportSize({ width: 360, height: 640 });
    save(original + "\n\n## One\n\nWords.\n\n## Two\n\nWords.\n");
    await page.goto(url);
    await page.locator("#two").waitFor({ timeout });
    await bar(page).getByText("clauses").waitFor({ timeout });
    const bottom = (element) => element.getBoundingClientRect().bottom;
    for (const shown of [bar(page), panel(page)]) {
      if (!(await shown.isVisible())) await bar(page).locator(".toggle").click();
      const { y: top } = await shown.boundingBox();
      await page.waitForFunction((edge) => {
        scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
        const last = [...document.querySelectorAll("body footer a")].at(-1);
        return last.getBoundingClientRect().bottom <= edge;
      }, top, { timeout });
      const contents = await page.locator(".toc-button").evaluate(bottom);
      assert.ok(contents <= top, `the button of the contents ends at ${contents}, below ${top}`);
    }
    await page.keyboard.press("Escape");
    await bar(page).locator(".close").click();
    await page.waitForFunction(() => parseInt(document.documentElement.style.getPropertyValue("--covered")) < 50);
  },

  async "an address that is no text has a bar too"(page) {
    await page.goto(new URL("/%ff", url).href);
    await bar(page).getByText("clauses").waitFor({ timeout });
  },

  async "what is wrong on the page that is looked at comes first"(page) {
    await page.goto(url);
    await bar(page).getByText("clauses").waitFor({ timeout });
    const other = file.replace("doc.md", "a.md");
    writeFileSync(other, readFileSync(file.replace("doc.md", "other.md"), "utf8").replace("status: ", "stat: "));
    save(original.replace("owner: Desk", "ownr: Desk"));
    await panel(page).getByText("ownr: Desk").waitFor({ timeout });
    const headings = await panel(page).locator("h2").allInnerTexts();
    assert.deepEqual(headings.slice(0, 2), ["On this page", "New since the last save, on other pages"]);
    const first = await panel(page).locator("li").allInnerTexts();
    assert.match(first[0], /^error .*new/);
    assert.ok(first.some((finding) => /^error `ownr` is not a known key .*new/.test(finding)), "the misspelt key is reported");
  },

  async "the bar and the panel are accessible, narrow and wide, light and dark"(_, context) {
    const axe = readFileSync(packages + "/axe-core/axe.min.js", "utf8");
    save(original.replace("owner: Desk", `ownr: "${"A long name ".repeat(30)}"`).replace("status: approved", "status: draft"));
    for (const colorScheme of ["light", "dark"]) for (const width of [360, 1440]) {
      // axe applies inline styles, which the preview's policy forbids.
      const viewport = { width, height: 800 };
      const own = await context.browser().newContext({ bypassCSP: true, colorScheme, viewport });
      const page = await own.newPage();
      await page.goto(url);
      await panel(page).getByText("ownr: ").waitFor({ timeout });
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run("#clausebook-preview"));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], `${colorScheme}, ${width}`);
      assert.ok(passes.some(({ id }) => id === "color-contrast") && passes.some(({ id }) => id === "scrollable-region-focusable"));
      await own.close();
    }
  },

  async "a document that waits for approval offers the command, by keyboard and by pointer"(page, context) {
    await page.goto(url);
    await bar(page).getByText("clauses").waitFor({ timeout });
    save(original.replace("status: approved", "status: draft").replace(/approved: .*\n/, ""));
    // Wait for the draft's page: until then the page in view is still the old one.
    await page.locator("main").getByText("Draft", { exact: true }).first().waitFor({ state: "attached", timeout });
    const command = panel(page).locator(".command");
    await command.waitFor({ state: "attached", timeout });
    if (!(await panel(page).isVisible())) await bar(page).locator(".toggle").click();
    const text = await command.innerText();
    assert.match(text, /^clausebook approve DOC-004 /);
    // If the browser refuses to copy, the command is selected instead.
    const copy = panel(page).getByRole("button", { name: "Copy" });
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("forbidden")); });
    await copy.click();
    await page.waitForFunction(() => String(getSelection()).startsWith("clausebook approve"), undefined, { timeout });
    await page.reload();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await command.waitFor({ state: "attached", timeout });
    if (!(await panel(page).isVisible())) await bar(page).locator(".toggle").click();
    await copy.focus();
    await page.keyboard.press("Enter");
    await panel(page).getByRole("button", { name: "Copied" }).waitFor({ timeout });
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
    save(original.replace("status: approved", "status: retired"));
    await command.waitFor({ state: "detached", timeout });
  },

  async "a finding that is new is listed once"(page) {
    await page.goto(url);
    await bar(page).getByText("clauses").waitFor({ timeout });
    save(original.replace("status: approved", "status: aproved"));
    const line = panel(page).getByText("status: aproved");
    await line.first().waitFor({ timeout });
    assert.equal(await line.count(), 1);
    await page.reload();
    await line.first().waitFor({ timeout });
    assert.equal(await line.count(), 1);
  },
};

const browser = await chromium.launch({ executablePath, args });
try {
  const context = await browser.newContext({ viewport: { width: 1000, height: 600 } });
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  const problems = [];
  page.on("console", (message) => { if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text()); });
  page.on("pageerror", (error) => problems.push(String(error)));
  await scenes[scene](page, context);
  assert.deepEqual(problems, []);
} finally {
  await browser.close();
}
