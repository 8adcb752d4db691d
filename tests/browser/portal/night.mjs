// A procedure in use at night, on a mobile phone.
import assert from "node:assert/strict";

const PLACES = ["http", "file"];
const boxes = (page) => page.locator(".prose input[type=checkbox]");
const told = (page) => page.locator(".ticks [role=status]").innerText();

export const scenes = {
  async "telephone numbers can be called"({ context, url }) {
    const plain = await context.browser().newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(url("file", "small", "words.html"));
    const links = await page.locator(".prose a.tel").evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute("href")]));
    assert.deepEqual(links, [["01632 960111", "tel:01632960111"], ["01632 960100", "tel:01632960100"]]);
    await plain.close();
  },

  async "steps and tasks are ticked, stay so, and are cleared by hand"({ page, url }) {
    await page.clock.setFixedTime("2026-11-22T03:07:00");
    for (const place of PLACES) {
      await page.goto(url(place, "small", "words.html"));
      // Three steps and two tasks, one of them already ticked by the author.
      assert.equal(await boxes(page).count(), 5);
      assert.match(await told(page), /^Tick steps as you go/);
      const clear = page.getByRole("button", { name: "Clear all ticks" });
      assert.equal(await clear.isVisible(), false);
      await page.getByRole("checkbox", { name: "Done: Call the desk at 01632 960100." }).check();
      await boxes(page).nth(3).focus();
      await page.keyboard.press("Space");
      assert.match(await told(page), /^3 of 5 ticked, the first on 22 Nov 2026 at 03:07/);
      await page.reload();
      assert.deepEqual(await boxes(page).evaluateAll((all) => all.map((box) => box.checked)), [true, false, false, true, true]);
      assert.match(await told(page), /^3 of 5 ticked/);
      // Ticks do not carry over to another page.
      await page.goto(url(place, "small", "printers.html"));
      assert.equal(await boxes(page).count(), 0);
      await page.goBack();
      await clear.click();
      await page.reload();
      assert.deepEqual(await boxes(page).evaluateAll((all) => all.map((box) => box.checked)), [false, false, false, false, true]);
    }
  },

  async "with another text the ticks are gone"({ page, url }) {
    const address = url("http", "small", "words.html");
    await page.goto(address);
    await boxes(page).first().check();
    await page.route(address, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("Wait.", "Wait for an answer.") });
    });
    await page.reload();
    assert.equal(await page.getByText("Wait for an answer.").count(), 1);
    assert.equal(await boxes(page).first().isChecked(), false);
  },

  async "without a storage pages work, and without JavaScript lists are lists"({ context, page, url }) {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("forbidden"); } }));
    await page.goto(url("file", "small", "words.html"));
    await boxes(page).first().check();
    assert.match(await told(page), /^2 of 5 ticked/);
    const plain = await context.browser().newContext({ javaScriptEnabled: false });
    const other = await plain.newPage();
    await other.goto(url("file", "small", "words.html"));
    assert.equal(await boxes(other).count(), 2);
    assert.equal(await other.locator(".ticks").count(), 0);
    await plain.close();
  },

  async "a diagram is never too small to read, and can be enlarged by keyboard"({ page, url }) {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(url("file", "small", "drawing.html"));
      const sizes = await page.locator(".drawing svg").evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width));
      assert.equal(sizes.length, 2);
      // Unscaled text is 13 or 14 pixels high; scaled text must stay at least 12 pixels high.
      for (const size of sizes) assert.ok(size >= 12 / 13, `scaled by ${size} at ${width}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "the page itself does not scroll");
      const button = page.getByRole("button", { name: "Enlarge" }).first();
      await button.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      assert.ok(await dialog.locator("svg").isVisible());
      await dialog.getByRole("button", { name: "Full size" }).click();
      assert.ok(await dialog.getByRole("button", { name: "Fit to window" }).isVisible());
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      assert.ok(await button.evaluate((one) => one === document.activeElement), "the focus is back");
    }
  },

  async "numbered lists of other documents are no steps"({ page, url }) {
    await page.goto(url("file", "model", "8.5-change/change-management-policy.html"));
    assert.equal(await page.locator(".tick").count(), 0);
    await page.goto(url("file", "model", "8.6-resolution/major-incident-procedure.html"));
    assert.ok(await page.locator(".tick").count() > 5);
  },
};
