/** The fenced blocks of the documentation, and ways to run them. */

import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";

export interface Block {
  readonly file: string;
  /** From 1, of the opening fence. */
  readonly line: number;
  /** What stands behind the fence. */
  readonly kind: string;
  readonly text: string;
  /** The block after it, where nothing but blank lines is between. */
  readonly next?: Block | undefined;
}

/** The pages that people read: README, docs, and those beside the tests. */
export const pages: readonly string[] = [
  "README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  "test/README.md",
];

export function blocksOf(file: string): Block[] {
  const page = readFileSync(file, "utf8");
  const found = [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)];
  const blocks: Block[] = [];
  for (const match of found.reverse()) {
    const [whole, kind, text] = match;
    const after = match.index + whole.length;
    const follower = blocks[0];
    const between = follower === undefined ? "" : page.slice(after, offsetOf(page, follower.line));
    const next = follower !== undefined && between.trim() === "" ? follower : undefined;
    blocks.unshift({ file, line: page.slice(0, match.index).split("\n").length, kind, text, next });
  }
  return blocks;
}

/** Where a line (from 1) begins. */
function offsetOf(page: string, line: number): number {
  return page
    .split("\n")
    .slice(0, line - 1)
    .reduce((sum, one) => sum + one.length + 1, 0);
}

/** Times and rounding errors, which no two machines share. */
const clock = /^\d+(\.\d+)? (ns|µs|ms|s|min|h)$/;

/**
 * The words of an output, without what differs from run to run: durations become "(time)", and numbers below 1e-8 are
 * "(small)", since they are rounding errors and estimates of those. Lines under titles are left out.
 */
export function words(output: string): string[] {
  return output
    .split("\n")
    .filter((line) => !/^[\s-]*$/.test(line))
    .flatMap((line) => line.trim().split(/ {2,}/))
    .map((cell) => (clock.test(cell) ? "(time)" : cell))
    .flatMap((cell) => cell.split(" "))
    .map((word) => (/^\d(\.\d+)?e-\d+$/.test(word) && Number(word) < 1e-8 ? "(small)" : word));
}

const number = /\d+(\.\d+)?(e-?\d+)?/g;

/** Asserts that outputs say the same: whole numbers alike, others to a unit of their last digit, rounded either way. */
export function expectSame(printed: string, shown: string, line: string): void {
  const [is, should] = [words(printed), words(shown)];
  expect(is.map(frame), line).toEqual(should.map(frame));
  is.forEach((word, i) => {
    const numbers = [...word.matchAll(number)];
    [...should[i].matchAll(number)].forEach(([text, decimals, power], n) => {
      const unit = decimals === undefined ? 0 : 1.01 * Number(`1${power ?? ""}`) * 10 ** (1 - decimals.length);
      expect(Math.abs(Number(numbers[n][0]) - Number(text)), `${line}: ${word}, not ${should[i]}`).toBeLessThanOrEqual(
        unit,
      );
    });
  });
}

/** A word without its digits. */
function frame(word: string): string {
  return word.replaceAll(number, "#");
}
