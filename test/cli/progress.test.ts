import { afterEach, expect, test, vi } from "vitest";
import { progressDisplay } from "../../src/cli/progress.ts";
import { setQuiet } from "../../src/cli/say.ts";

const { isTTY, columns } = process.stderr;
afterEach(() => {
  vi.restoreAllMocks();
  setQuiet(false);
  Object.assign(process.stderr, { isTTY, columns });
});

/** What is written when a run reports at each of these seconds. */
function written(seconds: readonly number[], terminal: boolean): string[] {
  Object.assign(process.stderr, { isTTY: terminal, columns: 40 });
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const display = progressDisplay();
  for (const s of seconds) {
    display.show({ size: 1000, stage: "sectors", cutoff: 7, dimension: 40, done: 3, total: 9, seconds: s });
  }
  display.clear();
  return lines;
}

test("nothing is said about what takes less than a second", () => {
  expect(written([0.1, 0.5, 0.99], true)).toEqual([]);
  expect(written([0.1, 0.5, 0.99], false)).toEqual([]);
});

test("on a terminal one line is rewritten, no longer than the terminal, and taken away", () => {
  const clear = "\r\u001b[K";
  const lines = written([0.5, 1.5, 2], true);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe(`${clear}${"M = 1000: sector 3 of 9, cutoff 7, dimension 40".slice(0, 39)}`);
  expect(lines[2]).toBe(clear);
});

test("elsewhere there is a plain line every half minute", () => {
  const seconds = Array.from({ length: 100 }, (_, s) => s);
  const lines = written(seconds, false);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe("M = 1000: sector 3 of 9, cutoff 7, dimension 40, 30 s\n");
});

test("--quiet leaves out the plain lines too", () => {
  setQuiet(true);
  expect(written([40, 80], false)).toEqual([]);
});
