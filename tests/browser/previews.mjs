// Plays a reader in a browser. Run by tests/previews_browser.rs, which builds the site.
// usage: node previews.mjs PACKAGES CHROMIUM SITE ORIGIN SCENE, where ORIGIN is an http origin, or `file`
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const [packages, executablePath, site, origin, scene] = process.argv.slice(2);
const { chromium } = createRequire(packages + "/")("playwright-core");
const args = [
  "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";
const types = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const timeout = 20_000;

const root = origin === "file" ? pathToFileURL(site + "/").href : origin + "/";
const preview = (page) => page.getByRole("tooltip");
const link = (page, name) => page.locator(".prose a").filter({ hasText: name });

const scenes = {
  async "a document's preview has its title, its first sentence and its state today"(page) {
    await link(page, "other").hover();
    await preview(page).waitFor({ timeout });
    assert.equal(await preview(page).locator(".id").innerText(), "POL-002");
    assert.equal(await preview(page).locator("strong").innerText(), "Title of POL-002");
    assert.equal(await preview(page).locator("p").innerText(), "First words.");
    assert.equal(await preview(page).locator(".mark").innerText(), "Overdue");
    assert.equal(await preview(page).locator("b").count(), 0);
  },

  async "a clause and a term are explained"(page) {
    await link(page, "8.6.1").hover();
    await preview(page).getByText("Incident management").waitFor({ timeout });
    assert.equal(await preview(page).locator(".mark").innerText(), "Covered");
    await link(page, "incident").hover();
    await preview(page).getByText("An interruption. It hurts.").waitFor({ timeout });
    assert.equal(await preview(page).count(), 1);
    assert.equal(await link(page, "incident").getAttribute("href"), "../words.html#incident");
  },

  async "by keyboard a preview shows at focus and goes with Escape"(page) {
    await page.keyboard.press("Tab");
    await link(page, "incident").focus();
    await preview(page).waitFor({ timeout });
    const id = await link(page, "incident").getAttribute("aria-describedby");
    assert.equal(await preview(page).getAttribute("id"), id);
    await page.keyboard.press("Escape");
    await preview(page).waitFor({ state: "detached", timeout });
    assert.equal(await link(page, "incident").getAttribute("aria-describedby"), null);
    await page.keyboard.press("Shift+Tab");
    await preview(page).getByText("8.6.1").waitFor({ timeout });
    await page.keyboard.press("Shift+Tab");
    await preview(page).getByText("POL-002", { exact: true }).waitFor({ timeout });
  },

  async "a preview stays under the pointer and goes when the pointer leaves"(page) {
    await link(page, "other").hover();
    await preview(page).waitFor({ timeout });
    await preview(page).hover();
    await page.waitForTimeout(600);
    assert.equal(await preview(page).count(), 1);
    const box = await preview(page).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= page.viewportSize().width, JSON.stringify(box));
    await page.mouse.move(2, 590);
    await preview(page).waitFor({ state: "detached", timeout });
  },

  async "without scripts a term leads to the glossary"(page, context, browser) {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const quiet = await plain.newPage();
    await serve(quiet);
    await quiet.goto(root + "a/policy.html");
    await link(quiet, "incident").click();
    await quiet.waitForURL(root + "words.html#incident");
  },
};

// Serves the site with a strict policy, as a web server would, and blocks all other requests.
const asked = [];
async function serve(page) {
  if (origin === "file") return;
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    asked.push(url.pathname);
    if (url.origin !== origin) return route.abort();
    const contentType = types[url.pathname.split(".").pop()] ?? "text/plain";
    const headers = { "Content-Security-Policy": policy };
    return route.fulfill({ body: readFileSync(join(site, url.pathname)), contentType, headers });
  });
}

const browser = await chromium.launch({ executablePath, args });
try {
  const context = await browser.newContext({ viewport: { width: 360, height: 600 } });
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  const problems = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(message.text()); });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.clock.setFixedTime(new Date("2027-02-01T12:00:00"));
  await page.clock.resume();
  await serve(page);
  await page.goto(root + "a/policy.html");
  await scenes[scene](page, context, browser);
  assert.deepEqual(problems, []);
  assert.ok(asked.filter((path) => path.startsWith("/previews/")).length <= 3, "a link loads one file");
} finally {
  await browser.close();
}
