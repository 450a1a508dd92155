import { expect, test } from "vitest";
import { gaussRule, uniform } from "../../../src/algebra/gauss.ts";
import { leakOfWindow } from "../../../src/dynamics/controlled/driven.ts";
import { windowAt } from "../../../src/dynamics/controlled/taylorWindows.ts";
import { euclidean } from "../../../src/fock/sparse.ts";
import { random } from "../../oracle/random.ts";

/** Takes all of three states out. */
const everything = {
  ...{ rows: 3, cols: 3, rowStart: Int32Array.of(0, 1, 2, 3), column: Int32Array.of(0, 1, 2) },
  ...{ re: Float64Array.of(1, 1, 1), im: new Float64Array(3) },
};

test("the flux through a window is bounded by what 31 nodes find exactly, and by hardly more", () => {
  const exact = gaussRule(uniform, 31);
  for (let seed = 0; seed < 40; seed++) {
    const from = random(seed);
    const speed = from.between(0.5, 6);
    let size = 1;
    const coefficients = Array.from({ length: 31 }, (_, k) => {
      if (k > 0) size *= speed / k;
      const numbers = () => Float64Array.from({ length: 3 }, () => size * from.normal());
      return { re: numbers(), im: numbers() };
    });
    const window = { from: 0.3, unit: -0.7, end: from.between(0.3, 1.2), coefficients };
    let square = 0;
    exact.nodes.forEach((node, q) => {
      square += exact.weights[q] * euclidean(windowAt(window, 0.5 * window.end * (node + 1))) ** 2;
    });
    const flux = 0.7 * window.end * Math.sqrt(square);
    const bound = leakOfWindow(everything, window);
    expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(flux * (1 - 1e-13));
    expect(bound, `seed ${seed}, speed ${speed}`).toBeLessThan(flux * (1 + 1e-6));
  }
});
