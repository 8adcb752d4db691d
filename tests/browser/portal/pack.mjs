// A pack as an auditor opens it: unpacked into a folder, on a machine without network access.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

const approved = /Approved by\s+Service Delivery Director/;

export const scenes = {
  async "four clicks from the first page of a pack answer an auditor, and nothing is asked of a network"({ page, context, url }) {
    const asked = [];
    context.on("request", (request) => asked.push(request.url()));
    await page.goto(url("file", "pack", "read-me.html"));
    await page.getByRole("link", { name: "Clauses", exact: true }).first().click();
    const row = page.locator("#c8\\.5\\.1\\.2");
    await row.getByRole("link", { name: /PRC-CHG-001/ }).first().click();
    assert.match(await page.locator("body").innerText(), approved, "who approved the text");
    await page.goBack();
    await row.getByRole("link", { name: /A26-3/ }).first().click();
    const audit = page.locator("[id='A26-3']");
    assert.ok(await audit.isVisible(), "when the clause was last audited");
    await page.getByRole("link", { name: /NC-2026-06/ }).first().click();
    const finding = page.locator("[id='NC-2026-06']");
    assert.match(await finding.innerText(), /2026-10-28/, "what was found, and when it was closed");
    assert.ok(asked.length > 0 && asked.every((address) => address.startsWith("file:")), asked.join("\n"));
  },

  async "pages of a pack are accessible and fit a phone and a desk, by day and by night"({ context, url, packages }) {
    const axe = readFileSync(join(packages, "axe-core/axe.min.js"), "utf8");
    const found = [];
    for (const [colorScheme, width] of [["light", 360], ["dark", 360], ["light", 1440], ["dark", 1440]]) {
      const own = await context.browser().newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await own.newPage();
      for (const path of ["read-me", "1-clauses", "2-information", "5-audits", "7-changes", "8-open", "9-registers"]) {
        await page.goto(url("file", "pack", path + ".html"));
        const where = `${path} ${colorScheme} ${width}`;
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) found.push(`${where} is ${wide} pixels wider than the window`);
        await page.addScriptTag({ content: axe });
        const { violations, passes } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
        assert.ok(passes.length > 10, "rules were applied");
        found.push(...violations.map(({ id, nodes }) => `${where} ${id}: ${nodes[0].html.slice(0, 200)}`));
      }
      await own.close();
    }
    assert.deepEqual(found, []);
  },
};
