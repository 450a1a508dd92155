import { expect, test } from "vitest";
import { siteLines } from "../../src/cli/siteLines.ts";
import { severalReservoirs } from "../oracle/severalReservoirs.ts";

test("the levels of a site, with shares where there are several kinds, the first of them where there are many", () => {
  const [one, ...alone] = siteLines(severalReservoirs(1, [1], { dims: [2] }, [3]));
  expect(one).toBe("Each site has 3 levels:");
  expect(alone.join("\n")).not.toContain("share");
  const [two, ...both] = siteLines(severalReservoirs(1, [1, 3], { dims: [2] }, [2, 3]));
  expect(two).toBe("2 kinds of sites:");
  expect(both.join("\n")).toMatch(/share[\s\S]*0\.25[\s\S]*0\.75/);
  const many = severalReservoirs(1, new Array<number>(10).fill(1), { dims: [2] }, new Array<number>(10).fill(3));
  expect(siteLines(many).at(-1)).toBe("  and 24 more levels");
});
