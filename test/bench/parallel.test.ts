import { expect, it } from "vitest";
import { parallelMarkdown } from "../../bench/parallel.ts";

it("compares several threads with the first number of them, by medians", () => {
  const text = parallelMarkdown([
    {
      about: "a lattice",
      sectors: 40,
      seconds: [
        { threads: 1, median: 3, all: [3, 3, 4] },
        { threads: 2, median: 1.6, all: [1.5, 1.6, 2] },
      ],
    },
  ]);
  expect(text.split("\n")[0]).toBe("| what | sectors | 1 thread | 2 threads |");
  expect(text.split("\n")[2]).toBe("| a lattice | 40 | 3.00 s | 1.60 s (1.88×) |");
});
