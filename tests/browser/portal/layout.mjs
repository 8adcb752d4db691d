// Layout that holds for long names, on paper, in forced colours and from right to left.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";

const box = (locator) => locator.first().evaluate((one) => one.getBoundingClientRect().toJSON());
const style = (locator, name) => locator.first().evaluate((one, name) => getComputedStyle(one)[name], name);

// The text of each sheet that a page prints.
async function sheets(page, address) {
  await page.goto(address);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 1 << 28 });
  return text.split("\f").filter((sheet) => sheet.trim());
}

// The rows of pixels with the colour of a table's lines, in a column of the window.
async function lines(page, across, colour) {
  const picture = "data:image/png;base64," + (await page.screenshot()).toString("base64");
  return page.evaluate(async ([picture, across, colour]) => {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const drawing = canvas.getContext("2d");
    drawing.drawImage(image, 0, 0);
    const pixels = drawing.getImageData(Math.round(across), 0, 1, image.height).data;
    return Array.from({ length: image.height }, (_, row) => row).filter((row) => `rgb(${pixels.slice(4 * row, 4 * row + 3).join(", ")})` === colour);
  }, [picture, across, colour]);
}

export const scenes = {
  async "long names and IDs leave the page its width and the search its size"({ page, url }) {
    const places = ["index", "register", "matrix", "findings", "ages", "search", "long", "certificate", "types/procedure", "states/overdue", "print/8.6"];
    for (const portal of ["unwieldy", "unwieldy-ar"]) {
      for (const width of [320, 390, 1024, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        for (const place of places) {
          await page.goto(url("file", portal, `${place}.html`));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(wide, 0, `${portal}/${place} is ${wide} pixels wider than ${width}`);
          for (const control of [".search", ".search .icon", ".theme"]) {
            const size = await box(page.locator(`.top ${control}`));
            const least = control.endsWith(".icon") ? 15 : 24;
            assert.ok(size.width >= least && size.height >= least, `${control} on ${place} at ${width}: ${size.width} x ${size.height}`);
          }
          assert.ok((await box(page.locator(".brand span"))).width > 60, "the title has room too");
        }
      }
    }
    await page.goto(url("file", "unwieldy", "long.html"));
    assert.ok((await box(page.locator("a.tel"))).height >= 24, "a finger meets a telephone number");
  },

  async "a handbook in Arabic runs from right to left, and English words in it from left to right"({ page, url }) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(url("file", "unwieldy-ar", "register.html"));
    const brand = await box(page.locator(".brand"));
    const search = await box(page.locator(".top .search"));
    assert.ok(brand.right > 1400 && search.left < 100, "the name at the start, the search at the end");
    const mark = page.locator("table.register .mark").first();
    const gap = await mark.evaluate((one) => [getComputedStyle(one, "::before").marginLeft, getComputedStyle(one, "::before").marginRight].map(parseFloat));
    assert.ok(gap[0] > 0 && gap[1] === 0, `the gap is between shape and word: ${gap}`);
    assert.equal(await style(page.locator("nav.side"), "borderLeftWidth"), "1px");
    // Dates and figures in English keep their order.
    for (const [path, part] of [["index.html", ".certificate time"], ["matrix.html", ".share [data-figure]"]]) {
      await page.goto(url("file", "unwieldy-ar", path));
      const [text, first, last] = await page.locator(part).first().evaluate((one) => {
        const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
        const inside = [...text.data].map((_, at) => at).filter((at) => /[\p{L}\p{N}]/u.test(text.data[at]));
        const left = (at) => {
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          return range.getBoundingClientRect().left;
        };
        return [text.data, left(inside[0]), left(inside.at(-1))];
      });
      assert.ok(first < last, `"${text}" on ${path} starts at ${first} and ends at ${last}`);
    }
    await page.goto(url("file", "unwieldy-ar", "certificate.html"));
    const [from, to] = [await box(page.locator("td bdi time").first()), await box(page.locator("td bdi time").last())];
    assert.ok(from.right < to.left, "a period from its first day to its last");
    await page.setViewportSize({ width: 390, height: 800 });
    await page.locator("button.menu").click();
    assert.equal((await box(page.locator("nav.side"))).right, 390, "the menu opens where its button is");
  },

  async "planned audits look different from overdue ones"({ page, url }) {
    await page.goto(url("file", "unwieldy", "certificate.html"));
    const width = async (state) => parseFloat(await style(page.locator(`.cycle circle[data-state="${state}"]`), "strokeWidth"));
    assert.ok(1.5 * await width("future") <= await width("overdue"), `${await width("future")} and ${await width("overdue")}`);
  },

  async "the cover of the printed handbook shows its figures in reading order"({ page, url }) {
    await page.goto(url("file", "model", "print/index.html"));
    await page.emulateMedia({ media: "print" });
    for (const figure of await page.locator(".cover .figures > div").all()) {
      const [part, whole, name] = [await box(figure.locator(".big")), await box(figure.locator(".of")), await box(figure.locator("dt"))];
      assert.ok(whole.left >= part.right && whole.top < part.bottom && whole.bottom > part.top, "56 of 56");
      assert.ok(name.top >= part.bottom - 1, "with what they count below");
    }
  },

  async "lines between the rows of the register are whole"({ page, url }) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(url("http", "model", "register.html"));
    const across = async (column) => {
      const { left, right, top } = await box(page.locator(`table.register tbody tr > :nth-child(${column})`));
      return [right - 0.1 * (right - left), top];
    };
    const [title, top] = await across(2);
    const [state] = await across(3);
    const found = [];
    for (const at of [title, state]) found.push((await lines(page, at, "rgb(226, 222, 214)")).filter((row) => row > top));
    assert.ok(found[0].length > 8, `${found[0].length} lines`);
    assert.deepEqual(found[0], found[1]);
  },

  async "paper shows no controls, and no heading stands alone at the end of a sheet"({ page, url }) {
    const register = (await sheets(page, url("file", "model", "register.html"))).join("\n");
    for (const words of ["Find", "Download", "Location", "Columns", "↕"]) assert.ok(!register.includes(words), words);
    const matrix = await sheets(page, url("file", "model", "matrix.html"));
    for (const sheet of matrix) {
      assert.ok(!/Hide|Download/.test(sheet), "no controls of the matrix");
      const last = sheet.trimEnd().split("\n").filter((line) => line.trim()).at(-2);
      assert.doesNotMatch(last, /\d+ of \d+\s*$/, "a group begins with its first clause");
    }
    const text = (await sheets(page, url("file", "unwieldy", "long.html"))).find((sheet) => sheet.includes("Wide table"));
    assert.match(text, /Column 0/, "a heading turns the page with its table");
  },

  async "what is chosen differs in forced colours too"({ context, url }) {
    const own = await context.browser().newContext({ forcedColors: "active", viewport: { width: 1440, height: 900 } });
    const page = await own.newPage();
    for (const [place, list] of [["register.html?state=overdue", ".counts a"], ["matrix.html", ".tabs a"]]) {
      await page.goto(url("file", "model", place));
      await page.locator(`${list}[aria-current]`).first().waitFor();
      const ground = (which) => style(page.locator(list + which), "backgroundColor");
      assert.notEqual(await ground("[aria-current]"), await ground(":not([aria-current])"), place);
    }
    await own.close();
  },

  async "the sidebar has one spacing, on the page for unknown addresses too"({ page, url }) {
    const heights = [];
    for (const path of ["register.html", "404.html"]) {
      await page.goto(url("http", "model", path));
      heights.push((await box(page.locator("nav.side .section[open] li"))).height);
    }
    assert.equal(heights[0], heights[1]);
  },
};
