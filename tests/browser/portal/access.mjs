// Accessibility: pages break no rule that a program can check, in either theme, on a phone or a desktop.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

import { typical } from "./kinds.mjs";

// The violations that axe-core finds on a page in its current state.
async function violations(page, axe) {
  await page.addScriptTag({ content: axe });
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  assert.ok(passes.length > 10, "rules were applied");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).slice(0, 3).join(" | ")}`);
}

// Opens a separate page that allows axe-core to be injected, which the portal's policy forbids.
async function open({ context, packages }, options, look) {
  const axe = readFileSync(join(packages, "axe-core/axe.min.js"), "utf8");
  const own = await context.browser().newContext({ bypassCSP: true, ...options });
  try {
    const page = await own.newPage();
    await look(page, () => violations(page, axe));
  } finally {
    await own.close();
  }
}

async function everyPage(scene, colorScheme, width) {
  await open(scene, { colorScheme, viewport: { width, height: 900 } }, async (page, check) => {
    const found = [];
    for (const [portal, path] of typical(scene.folder)) {
      await page.goto(scene.url("http", portal, path));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${portal}/${path} is ${wide} pixels wider than the window`);
      found.push(...(await check()).map((violation) => `${portal}/${path} ${violation}`));
    }
    assert.deepEqual(found, []);
  });
}

export const scenes = {
  async "every kind of page is accessible on a phone by day"(scene) {
    await everyPage(scene, "light", 360);
  },

  async "every kind of page is accessible on a phone by night"(scene) {
    await everyPage(scene, "dark", 360);
  },

  async "every kind of page is accessible on a desk by day"(scene) {
    await everyPage(scene, "light", 1440);
  },

  async "every kind of page is accessible on a desk by night"(scene) {
    await everyPage(scene, "dark", 1440);
  },

  async "what opens over a page is accessible too"(scene) {
    for (const colorScheme of ["light", "dark"]) {
      await open(scene, { colorScheme, viewport: { width: 360, height: 800 } }, async (page, check) => {
        await page.goto(scene.url("http", "model", "8.6-resolution/incident-management.html"));
        await page.getByRole("button", { name: "Menu" }).click();
        await page.locator("nav.side a[href$='matrix.html']").waitFor();
        assert.deepEqual(await check(), [], "the menu");
        await page.keyboard.press("Escape");
        await page.keyboard.press("/");
        await page.getByRole("combobox", { name: "Search the handbook" }).fill("major incident");
        await page.locator(".results [role=option] mark").first().waitFor();
        assert.deepEqual(await check(), [], "the search");
        // The first Escape clears the field, as in any search field; the second closes the dialog.
        await page.keyboard.press("Escape");
        await page.keyboard.press("Escape");
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        await page.keyboard.press("?");
        await page.locator("dialog[open]").waitFor();
        assert.deepEqual(await check(), [], "the help");
        await page.keyboard.press("Escape");
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        await page.keyboard.press("Tab");
        await page.locator(".prose a.to-document").first().focus();
        await page.getByRole("tooltip").waitFor();
        assert.deepEqual(await check(), [], "the preview of a link");
      });
    }
  },
};
