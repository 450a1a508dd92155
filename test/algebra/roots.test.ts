import { expect, test } from "vitest";
import { phaseAt, rootsPerRadian } from "../../src/algebra/roots.ts";

test("phases from the table are cos and sin to rounding, of either sign and far out", () => {
  for (let k = -4000; k <= 4000; k++) {
    const angle = 0.37 * k + 1e-3 * k * k;
    const [cos, sin] = phaseAt(angle * rootsPerRadian);
    const rounding = 4e-16 * (1 + Math.abs(angle));
    expect(Math.abs(cos - Math.cos(angle))).toBeLessThan(rounding);
    expect(Math.abs(sin - Math.sin(angle))).toBeLessThan(rounding);
  }
});
