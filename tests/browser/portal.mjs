// Plays a reader in a browser. Run by tests/portal_browser.rs, which builds the portals.
// usage: node portal.mjs PACKAGES CHROMIUM FOLDER FILE SCENE
//
// FILE in portal/ exports `scenes`, an object of functions. A scene gets `{ page, context, url, folder, packages }`;
// `url(place, portal, path)` returns a page's URL, where `place` is "http" (a server with a strict policy) or "file".
// A scene fails if it throws, if the console reports an error, or if the page requests anything from another host.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const [packages, executablePath, folder, file, scene] = process.argv.slice(2);
const { chromium } = createRequire(packages + "/")("playwright-core");
const { scenes } = await import("./portal/" + file);

const args = [
  "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";
const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml", ".json": "application/json", ".csv": "text/csv; charset=utf-8",
};

const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  try {
    const bytes = await readFile(join(folder, path.endsWith("/") ? path + "index.html" : path));
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream", "content-security-policy": policy });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origins = { http: `http://127.0.0.1:${server.address().port}/`, file: pathToFileURL(folder).href + "/" };
const url = (place, portal, path) => `${origins[place]}${portal}/${path}`;

// Records errors and requests to other hosts, which no scene may cause.
function watch(page, problems) {
  page.setDefaultTimeout(30_000);
  page.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    const known = [...Object.values(origins), "data:", "about:"].some((start) => request.url().startsWith(start));
    if (!known) problems.push("a request to " + request.url());
  });
}

const browser = await chromium.launch({ executablePath, args });
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const problems = [];
  context.on("page", (page) => watch(page, problems));
  await scenes[scene]({ page: await context.newPage(), context, url, folder, packages });
  assert.deepEqual(problems, []);
} finally {
  await browser.close();
  server.close();
}
