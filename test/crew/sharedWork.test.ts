import { describe, expect, test } from "vitest";
import type { Offer } from "../../src/crew/messages.ts";
import { SharedWork } from "../../src/crew/sharedWork.ts";
import { worksOf } from "../dynamics/worksOf.ts";
import { questions } from "./questions.ts";

const { model, size } = questions["kets of a single sector"];
const { chunks, recipe, secondsEach, bytes, evaluate } = worksOf(model, size)[0];
const parts = chunks.map(evaluate);

function offered(stage: "cutoff" | "sectors", taken: number): Offer {
  const progress = { size, stage, cutoff: 5, dimension: 10, done: 3, total: 50, seconds: 2 };
  return { work: 1, stage: "", recipe, chunks, taken, secondsEach, bytes, progress };
}

describe("shared work", () => {
  test("is given out once, fewer chunks at a time towards the end, until none are left", () => {
    const shared = new SharedWork(offered("cutoff", 1));
    expect(chunks.length).toBeGreaterThan(3);
    expect(shared.secondsLeft).toBeCloseTo(secondsEach * (chunks.length - 1), 12);
    const places = [0];
    while (shared.left > 0) places.push(...shared.take(1));
    expect(places).toEqual(chunks.map((_, place) => place));
    expect(shared.secondsLeft).toBe(0);
  });

  test("is finished when each chunk is, in whatever order, with the parts in the order of the chunks", () => {
    const shared = new SharedWork(offered("cutoff", 1));
    for (let place = chunks.length - 1; place > 0; place--) {
      shared.collect(place, parts[place]);
      expect(shared.finished).toBeNull();
    }
    // The thread that has come to the work keeps what it found itself.
    shared.collect(0, undefined);
    expect(shared.finished).toEqual([undefined, ...parts.slice(1)]);
  });

  test("tells how many sectors are done, but not of a cutoff that is being chosen", () => {
    for (const [stage, done] of [
      ["cutoff", 3],
      ["sectors", 4],
    ] as const) {
      const shared = new SharedWork(offered(stage, 1));
      expect(shared.progress).toMatchObject({ stage, done: 3, total: 50 });
      shared.collect(0, undefined);
      expect(shared.progress.done).toBe(done);
      expect(shared.progress.seconds).toBeGreaterThanOrEqual(2);
    }
  });
});
