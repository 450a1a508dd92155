import { expect, test } from "vitest";
import { erratum } from "../../src/paper/erratum.ts";

const parts = { number: 3, printed: "this", corrected: "that", against: "the truth" };

test("holds if the printed formula is off and the corrected one is not", () => {
  const [printed, corrected] = erratum({ ...parts, printedIsOff: 0.3, correctedIsOff: 1e-12 });
  expect([printed.holds, corrected.holds]).toEqual([true, true]);
  expect(printed.id).toBe("erratum 3");
  expect(printed.claim).toBe("printed: this");
});

test("a printed formula that is right, or a corrected one that is wrong, fails", () => {
  const [printed, corrected] = erratum({ ...parts, printedIsOff: 1e-12, correctedIsOff: 0.3 });
  expect([printed.holds, corrected.holds]).toEqual([false, false]);
});
