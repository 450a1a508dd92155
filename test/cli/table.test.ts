import { expect, test } from "vitest";
import { table } from "../../src/cli/table.ts";

test("numbers stand at the right of their column, words at the left, and no line ends in blanks", () => {
  const text = table(
    [{ title: "M" }, { title: "method", align: "left" }],
    [
      ["10", "fock"],
      ["1000", "x"],
    ],
  );
  expect(text.split("\n")).toEqual(["     M  method", "  ----  ------", "    10  fock", "  1000  x"]);
});

test("a combining mark takes no column", () => {
  const lines = table([{ title: "n\u0304" }], [["12"]]).split("\n");
  expect(lines[0]).toBe("   n\u0304");
  expect(lines[1]).toBe("  --");
});
