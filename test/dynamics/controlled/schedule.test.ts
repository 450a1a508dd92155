import { expect, test } from "vitest";
import { matrix } from "../../../src/algebra/matrix.ts";
import { waysFrom, waysThrough } from "../../../src/dynamics/controlled/schedule.ts";

const phase = matrix([[[0, 1]]]);
const quiet = { drives: [], decays: [], trajectories: { seed: 1, most: 2, always: false } };
const told = (ways: ReturnType<typeof waysThrough>) =>
  ways.map((way) => way.map(({ from, to, places, unitary }) => [from, to, places, unitary?.im[0] ?? null]));

test("a way goes from pulse to pulse; a pulse's own time is after it, in both directions", () => {
  const pulses = [-2, -1, 0, 3].map((at) => ({ at, unitary: phase }));
  const times = [3, 1, 0, -1, -3, 2.9];
  expect(told(waysThrough({ ...quiet, pulses, scan: false }, times, [2]))).toEqual([
    [
      [0, 0, [], 1],
      [0, 2, [2, 1], null],
      [2, 3, [5], 1],
      [3, 3, [0], null],
    ],
    // Backwards, pulses are undone.
    [
      [0, -1, [3], -1],
      [-1, -2, [], -1],
      [-2, -3, [4], null],
    ],
  ]);
});

test("pulses at the same time are undone in the reverse of their order", () => {
  const later = matrix([[[0, 0.5]]]);
  const pulses = [
    { at: -1, unitary: phase },
    { at: -1, unitary: later },
  ];
  const protocol = { ...quiet, pulses, scan: false };
  const undone = [
    [0, -1, [], -0.5],
    [-1, -1, [], -1],
    [-1, -2, [0], null],
  ];
  expect(told(waysThrough(protocol, [-2]))).toEqual([undone]);
  expect(told(waysFrom(0, protocol, [-2]))).toEqual([undone]);
});

test("a break at the time of pulses comes before all of them, and is passed after them on the way back", () => {
  const pulses = [-1, -1, 2, 2].map((at) => ({ at, unitary: phase }));
  expect(told(waysThrough({ ...quiet, pulses, scan: false }, [2, -2], [-1, 2]))).toEqual([
    [
      [0, 2, [], null],
      [2, 2, [], 1],
      [2, 2, [], 1],
      [2, 2, [0], null],
    ],
    [
      [0, -1, [], -1],
      [-1, -1, [], -1],
      [-1, -1, [], null],
      [-1, -2, [1], null],
    ],
  ]);
});

test("a way from another time starts after the pulse at that time, and undoes it on the way back", () => {
  const pulses = [-1, 0, 2, 3].map((at) => ({ at, unitary: phase }));
  expect(told(waysFrom(2, { ...quiet, pulses, scan: false }, [2, 3.5, 1, -0.5], [2.5]))).toEqual([
    [
      [2, 2.5, [0], null],
      [2.5, 3, [], 1],
      [3, 3.5, [1], null],
    ],
    [
      [2, 2, [], -1],
      [2, 0, [2], -1],
      [0, -0.5, [3], null],
    ],
  ]);
});

test("in a scan each time has a way of its own", () => {
  const pulses = [0.5, 1].map((at) => ({ at, unitary: phase }));
  expect(told(waysThrough({ ...quiet, pulses, scan: true }, [4, 0]))).toEqual([
    [
      [0, 2, [], 1],
      [2, 4, [], 1],
      [4, 4, [0], null],
    ],
    [
      [0, 0, [], 1],
      [0, 0, [], 1],
      [0, 0, [1], null],
    ],
  ]);
  expect(() => waysThrough({ ...quiet, pulses, scan: true }, [-1])).toThrow(RangeError);
});
