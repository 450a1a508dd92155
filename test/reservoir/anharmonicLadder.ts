/** Sites with ten unequally spaced levels, all of them occupied: 90 modes. */

import { defineModel } from "../../src/model/validate.ts";

const levels = Array.from({ length: 10 }, (_, k) => 0.25 * k - 0.011 * k * k);
const square = (entry: (i: number, j: number) => number) => levels.map((_, i) => levels.map((_, j) => entry(i, j)));

/** A qubit that turns by σx when a site goes to any other level. */
export const anharmonicLadder = defineModel({
  name: "anharmonic ladder",
  system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
  reservoir: { hamiltonian: square((i, j) => (i === j ? levels[i] : 0)), state: "thermal(1)" },
  couplings: [
    { system: "0.1 * sigmax", site: square((i, j) => (i === j ? 0 : 1 / (1 + Math.abs(i - j)))), hc: "included" },
  ],
  times: { from: 0, to: 5, points: 11 },
});
