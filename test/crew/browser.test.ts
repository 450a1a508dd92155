import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { maxDifference } from "../../src/algebra/series.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { defineModel } from "../../src/model/validate.ts";
import { bundled } from "./bundled.ts";
import { longSpec } from "./questions.ts";

const names = ["chromium", "chromium-browser", "google-chrome"];
const browser = names.find((name) => spawnSync(name, ["--version"]).status === 0);

let bundle: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  bundle = await bundled({ worker: "src/crew/worker.ts", page: "test/crew/page.ts" });
});
afterAll(() => bundle.remove());

/** Serves the page until it sends a result. */
function served(question: object): { server: Server; result: Promise<Record<string, unknown>> } {
  let give: (result: Record<string, unknown>) => void;
  const result = new Promise<Record<string, unknown>>((resolve) => {
    give = resolve;
  });
  const server = createServer((request, response) => {
    const { url = "/" } = request;
    if (url === "/result") {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        response.end();
        give(JSON.parse(body));
      });
    } else if (url.endsWith(".mjs")) {
      response.setHeader("content-type", "text/javascript");
      response.end(readFileSync(join(bundle.folder, url.slice(1))));
    } else if (url === "/question") {
      response.end(JSON.stringify(question));
    } else {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><script type="module" src="/page.mjs"></script>');
    }
  });
  return { server, result };
}

/** What the page finds out in a browser, which is ended then. */
async function resultOf(question: object): Promise<Record<string, unknown>> {
  const { server, result } = served(question);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  const profile = `--user-data-dir=${join(bundle.folder, "profile")}`;
  const child = spawn(browser as string, [...options, profile, `http://127.0.0.1:${port}/`], { stdio: "ignore" });
  const ended = once(child, "exit");
  try {
    const early = ended.then(([code]) => {
      throw new Error(`the browser ended with ${code} before the page had a result`);
    });
    return await Promise.race([result, early]);
  } finally {
    child.kill();
    await ended;
    server.closeAllConnections();
    server.close();
  }
}

if (browser === undefined && process.env.BOSONIZE_REQUIRE_CHROMIUM !== undefined) {
  test("a browser is there", () => expect.unreachable("none of chromium, chromium-browser, google-chrome starts"));
}

test.skipIf(browser === undefined)(
  `in a page, two workers find ρ_S(t) to the last bit as the page does itself, and to rounding as Node does${browser === undefined ? " (left out: there is no chromium here)" : ""}`,
  async () => {
    const found = await resultOf({ spec: longSpec, size: null });
    expect(found.failure).toBeUndefined();
    const { rho } = simulate(defineModel(longSpec), Number.POSITIVE_INFINITY);
    expect(found).toMatchObject({ same: true, threads: 2, kernels: "wasm" });
    // Another version of V8 may round sines and exponentials otherwise.
    const inPage = { ...rho, re: Float64Array.from(found.re as number[]), im: Float64Array.from(found.im as number[]) };
    expect(maxDifference(inPage, rho)).toBeLessThan(1e-12);
  },
  60_000,
);
