import { expect, test } from "vitest";
import { matrix } from "../../../src/algebra/matrix.ts";
import { chooseControlled } from "../../../src/dynamics/controlled/controlledPropagators.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Protocol } from "../../../src/model/types.ts";

const flip = matrix([
  [0, 1],
  [1, 0],
]);
const quiet: Protocol = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 7, most: 1000, always: false },
};
const shape = (rows: number) => ({
  ...{ system: 2, rows, entries: 4 * rows, squares: rows ** 2, cubes: rows ** 3, real: true },
  radius: 10,
  stored: 0,
});
const times = [0, 5, 10];
const gigabyte = 2 ** 30;
const choose = (protocol: Protocol, rows: number, memory = gigabyte) =>
  chooseControlled(protocol, shape(rows), 1, times, 1e-2, memory);

test("small spaces with pulses are diagonalised, large ones go by Krylov windows", () => {
  const pulsed: Protocol = { ...quiet, pulses: [{ at: 1, unitary: flip }] };
  expect(choose(pulsed, 40).propagator.kind).toBe("spectral");
  expect(choose(pulsed, 20_000).propagator.kind).toBe("krylov");
});

test("drives ask for Taylor windows", () => {
  const driven: Protocol = { ...quiet, drives: [{ operator: flip, envelope: envelopeOf("cos(t)") }] };
  expect(choose(driven, 40).propagator.kind).toBe("taylor");
});

test("what is narrow, fast or strong takes longer, as do many experiments of their own", () => {
  const seconds = (text: string, more: Partial<Protocol> = {}) =>
    choose({ ...quiet, drives: [{ operator: flip, envelope: envelopeOf(text) }], ...more }, 40).seconds;
  const usual = seconds("cos(t)");
  expect(seconds("cos(3000 * t)")).toBeGreaterThan(20 * usual);
  expect(seconds("5000")).toBeGreaterThan(20 * usual);
  expect(seconds("gaussian(t, 5, 1e-3) * cos(1e6 * t)")).toBeGreaterThan(5 * usual);
  expect(seconds("cos(3000 * t)", { scan: true })).toBeCloseTo(1.5 * seconds("cos(3000 * t)"), 1);
  const decays = [{ operator: flip, rate: 1 }];
  expect(seconds("5000", { decays })).toBeGreaterThan(20 * seconds("cos(t)", { decays }));
});

test("decay asks for the density matrix where it fits and is quick, else for trajectories, and says why", () => {
  const decaying: Protocol = { ...quiet, decays: [{ operator: flip, rate: 1 }] };
  expect(choose(decaying, 40)).toMatchObject({ propagator: { kind: "density" } });
  const tight = choose(decaying, 4000);
  expect(tight.propagator).toMatchObject({ kind: "trajectories", seed: 7, most: 1000 });
  expect(tight.why).toMatch(/the density matrix would take 10.2 GB/);
  expect(choose(decaying, 4000, 100 * gigabyte).why).toMatch(/would take about \d+ s a sector/);
  const always: Protocol = { ...decaying, trajectories: { ...quiet.trajectories, always: true } };
  expect(choose(always, 40).why).toContain("asked for");
});
