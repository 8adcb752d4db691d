// Printed pages, as a browser saves them to PDF; read with poppler's `pdftotext`.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";

// The text of each sheet that a page prints.
async function sheets(page, address) {
  await page.goto(address);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 1 << 28 });
  return text.split("\f").filter((sheet) => sheet.trim());
}

export const scenes = {
  async "a document prints as a controlled copy, with nothing of the navigation"({ page, url }) {
    for (const place of ["http", "file"]) {
      const printed = await sheets(page, url(place, "model", "8.6-resolution/incident-management.html"));
      assert.ok(printed.length > 1, "several sheets");
      printed.forEach((sheet, at) => {
        assert.match(sheet, /Uncontrolled when printed/i, `sheet ${at + 1}`);
        assert.match(sheet, /PRC-INC-001.*Version/s, `sheet ${at + 1} names the document and its version`);
        assert.ok(sheet.includes(`Page ${at + 1} of ${printed.length}`), `sheet ${at + 1} has its number`);
      });
      const text = printed.join("\n");
      assert.match(printed[0], /Owner[^]*Approved/, "the control block");
      for (const words of ["Skip to", "Search /", "On this page", "Previous and next page"]) assert.ok(!text.includes(words), words);
      assert.match(text, /\(PRC-PRB-001\)/, "links name the document that they lead to");
      assert.doesNotMatch(text, /\.html/, "no address of a file");
    }
  },

  async "the matrix prints whole"({ page, url }) {
    const text = (await sheets(page, url("file", "model", "matrix.html"))).join("\n");
    for (const clause of ["4.1", "8.6.1", "8.7.3", "10.2"]) assert.ok(text.includes(clause), clause);
    assert.ok(!/Show all|Reset/.test(text), "no filters");
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const info = execFileSync("pdfinfo", ["-"], { input: pdf, encoding: "utf8" });
    const [, width, height] = info.match(/Page size:\s+([\d.]+) x ([\d.]+)/).map(Number);
    assert.ok(width > height, "landscape");
  },

  async "tables stay tables, and what an author folded is open"({ page, url }) {
    const text = (await sheets(page, url("file", "small", "paper.html"))).join("\n");
    assert.match(text, /Call +Number/, "a row");
    assert.match(text, /Bridge +01632 960111/, "another");
    assert.match(text, /Hidden in a fold/);
    assert.match(text, /\(https:\/\/e\.example\/\)/, "links elsewhere say where they lead");
    assert.match(text, /the other \(PRO-TEN\)/);
    assert.doesNotMatch(text, /PRO-TEN \(PRO-TEN\)/, "an id is not said twice");
  },

  async "the redline prints what was removed and what was added"({ page, url }) {
    const text = (await sheets(page, url("file", "past", "versions/POL-CHG-001/changes.html"))).join("\n");
    assert.match(text, /approved within\s+thirty days\.\s+\[two days\]/, "both words, the old one first");
    for (const words of ["Forgotten", "Emergency", "Records"]) assert.ok(text.includes(words), words);
  },
};
