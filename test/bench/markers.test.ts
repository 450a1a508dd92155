import { expect, it } from "vitest";
import { betweenMarkers, markdownTable } from "../../bench/markers.ts";

it("replaces what is between the markers, and nothing else", () => {
  const text = "before\n<!-- a -->\nold\n<!-- /a -->\nafter <!-- b -->\nkept\n<!-- /b -->\n";
  const written = betweenMarkers(text, "a", "\nnew\n");
  expect(written).toBe("before\n<!-- a -->\nnew\n<!-- /a -->\nafter <!-- b -->\nkept\n<!-- /b -->\n");
  expect(betweenMarkers(written, "a", "new")).toBe(written);
});

it("refuses a text without the place", () => {
  expect(() => betweenMarkers("<!-- /a --> <!-- a -->", "a", "new")).toThrow(/no `<!-- a -->` followed by/);
});

it("writes words on the left and numbers on the right", () => {
  expect(markdownTable(["name", "ms"], [["B1", "3"]], 1)).toBe("| name | ms |\n| --- | ---: |\n| B1 | 3 |");
});
