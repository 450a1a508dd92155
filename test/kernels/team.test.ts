import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limitFamily } from "../../src/dynamics/families/limitFamily.ts";
import { Stage } from "../../src/dynamics/stage/stage.ts";
import { boundsOf, evenBounds, mostParts, partsFor } from "../../src/kernels/parts.ts";
import { helpedIn, recall, summonBy } from "../../src/kernels/team.ts";
import type { Model } from "../../src/model/types.ts";
import { defineModel } from "../../src/model/validate.ts";
import { bundled } from "../crew/bundled.ts";

let folder: Awaited<ReturnType<typeof bundled>>;
let helpers: Worker[] = [];

beforeAll(async () => {
  folder = await bundled({});
  const outfile = join(folder.folder, "assistant.mjs");
  await build({ entryPoints: ["test/kernels/assistant.ts"], outfile, bundle: true, format: "esm", platform: "node" });
  helpers = [0, 1].map(() => new Worker(outfile));
  await Promise.all(helpers.map((helper) => once(helper, "message")));
});

afterAll(async () => {
  await Promise.all(helpers.map((helper) => helper.terminate()));
  folder.remove();
});

const sites = {
  dims: 3,
  hamiltonian: [
    [0, 0, 0],
    [0, 0.8, 0],
    [0, 0, 1.9],
  ],
  state: "thermal(1)",
};
const hops = [
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
];

function six(state: string, ...systems: readonly string[]): Model {
  return defineModel({
    system: { hamiltonian: "0.5 * sigmaz + 0.2 * sigmax", state },
    reservoir: sites,
    couplings: systems.map((system) => ({ system, site: hops })),
    times: { from: 0, to: 0.6, points: 7 },
  });
}

/** The only sector in the space up to a cutoff, by threads of which `count` are invited. */
function evolved(model: Model, cutoff: number, count: number) {
  const stage = new Stage(model, limitFamily(model), 1e-8, 2 ** 31);
  let helped = () => 0;
  summonBy({
    invite: (invitation) => {
      const before = helpedIn(invitation);
      helped = () => helpedIn(invitation) - before;
      for (const helper of helpers.slice(0, count)) helper.postMessage(invitation);
    },
    dismiss: () => {},
  });
  try {
    const { rho, boundAt } = stage.part({ points: [{ point: [], weight: 1 }], cutoff, enough: 0 });
    return { rho, boundAt, dimension: stage.dimension, helped: helped() };
  } finally {
    summonBy(null);
  }
}

describe("threads that share one application of H", () => {
  test.each([
    ["products", six("plus", "0.1 * sigmaz + 0.05 * sigmax"), 12],
    ["blocks", six("plus", "0.1 * sigmaz + 0.05 * sigmax"), 16],
    ["complex rows", six("plus", "0.1 * sigmaz + 0.1i * sigmay", "0.1 * sigmax + 0.2i * sigmam"), 12],
    ["a mixture", six("0.7 * proj(up) + 0.3 * proj(down)", "0.1 * sigmaz + 0.05 * sigmax"), 12],
  ] as const)("give the same to the last bit: %s", { timeout: 120_000 }, (_, model, cutoff) => {
    const alone = evolved(model, cutoff, 0);
    expect(partsFor(alone.dimension)).toBe(mostParts);
    expect(alone.helped).toBe(0);
    for (const count of [1, 2]) {
      const together = evolved(model, cutoff, count);
      expect(together.helped).toBeGreaterThan(0);
      expect(together.rho.re).toEqual(alone.rho.re);
      expect(together.rho.im).toEqual(alone.rho.im);
      expect(together.boundAt).toEqual(alone.boundAt);
    }
  });

  test("go on when those who help are called away", { timeout: 120_000 }, () => {
    const model = six("plus", "0.1 * sigmaz + 0.05 * sigmax");
    const stage = new Stage(model, limitFamily(model), 1e-8, 2 ** 31);
    const alone = evolved(model, 12, 0);
    summonBy({
      invite: (invitation) => {
        helpers[0].postMessage(invitation);
        recall(invitation, true);
      },
      dismiss: () => {},
    });
    const { rho } = stage.part({ points: [{ point: [], weight: 1 }], cutoff: 12, enough: 0 });
    summonBy(null);
    expect(rho.re).toEqual(alone.rho.re);
  });

  test("are not asked for what is small", () => {
    const { helped, dimension } = evolved(six("plus", "0.1 * sigmaz + 0.05 * sigmax"), 5, 1);
    expect(partsFor(dimension)).toBe(1);
    expect(helped).toBe(0);
  });
});

describe("parts", () => {
  test("are all of it, once, and of about the same size", () => {
    expect(boundsOf(100, 3)).toEqual([0, 33, 66, 100]);
    expect(boundsOf(2, 4)).toEqual([0, 0, 1, 1, 2]);
    const starts = [0, 50, 80, 95, 100];
    expect(evenBounds(starts, 2)).toEqual([0, 1, 4]);
    expect(evenBounds(starts, 1)).toEqual([0, 4]);
  });
});
