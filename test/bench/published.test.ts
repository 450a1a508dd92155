import { expect, it } from "vitest";
import { carriedOver, published, rowKey } from "../../bench/published.ts";

it("carries a ratio over by what the two versions took elsewhere", () => {
  const key = rowKey("B2", "inf", 1e-9);
  const { qutip4, qutip5 } = published(key)!;
  // Were we as fast as QuTiP 4 here, we should take as much of QuTiP 5's time as QuTiP 4 did there.
  expect(carriedOver(key, 1)).toBeCloseTo(qutip5 / qutip4!, 14);
  expect(carriedOver(key, 30)).toBeCloseTo((30 * 210) / 1054, 12);
});

it("carries nothing over where the two were not compared", () => {
  expect(carriedOver(rowKey("B1", 100, 1e-6), 7)).toBeUndefined();
  expect(carriedOver(rowKey("B7", "inf", 1e-6), 7)).toBeUndefined();
});
