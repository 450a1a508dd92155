import { expect, it } from "vitest";
import { parallelMarkdown } from "../../bench/parallel.ts";

it("compares several threads with the first number of them, by medians", () => {
  const text = parallelMarkdown([
    {
      about: "a lattice",
      sectors: 40,
      seconds: [
        { threads: 1, median: 3, all: [3, 3, 4], again: 2 },
        { threads: 2, median: 1.6, all: [1.5, 1.6, 2], again: 1 },
      ],
    },
  ]);
  expect(text.split("\n")[0]).toBe("| what | sectors | 1 thread | 2 threads | again: 1 thread | again: 2 threads |");
  expect(text.split("\n")[2]).toBe("| a lattice | 40 | 3.00 s | 1.60 s (1.88×) | 2.00 s | 1.00 s (2.00×) |");
});
