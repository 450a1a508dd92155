import { describe, expect, test } from "vitest";
import type { Part } from "../../../src/dynamics/sharing/part.ts";
import { found, shared, unshared } from "../../../src/dynamics/sharing/shared.ts";
import type { Steps, Work } from "../../../src/dynamics/sharing/work.ts";
import { stageOf } from "../../../src/dynamics/stage/stageOf.ts";
import { questions } from "../../crew/questions.ts";
import { worksOf } from "../worksOf.ts";

const { model, size } = questions["kets of a single sector"];
const [work] = worksOf(model, size);
const { recipe, times } = work;
const [{ cutoff }] = work.chunks;
const report = (done = 0) => ({ size, stage: "cutoff", cutoff, dimension: 1, done, total: 1, seconds: 0 }) as const;

/** What the steps come to, where `evolve` does their work, or nobody; and the works there were. */
function stepped<Value>(steps: Steps<Value>, evolve: (work: Work) => readonly Part[] | undefined = () => undefined) {
  const works: Work[] = [];
  let step = steps.next();
  while (!step.done) {
    const { work: own } = step.value;
    if (own !== undefined) works.push(own);
    step = steps.next(own && evolve(own));
  }
  return { value: step.value, works };
}

describe("work", () => {
  test("is done by whoever steps the run", () => {
    const parts = work.chunks.map(work.evaluate);
    const idle = { ...work, evaluate: () => expect.unreachable("it was done already") };
    expect(stepped(found(idle, report), () => parts).value).toBe(parts);
  });

  test("is done here where nobody does it, and told of after each chunk", () => {
    const told: number[] = [];
    const { value } = stepped(
      found(work, (done) => {
        told.push(done);
        return report(done);
      }),
    );
    expect(value).toEqual(work.chunks.map(work.evaluate));
    expect(told).toEqual([0, ...work.chunks.map((_, c) => c + 1)]);
  });
});

test("what a stage shares comes out the same where others do it, where nobody does, and at once", () => {
  const stage = () => stageOf(recipe);
  const proving = (of: ReturnType<typeof stage>) => of.proof([], cutoff, 0);
  const [first, second, third] = [stage(), stage(), stage()];
  const alone = stepped(shared(proving(first), first, recipe, report));
  const elsewhere = stepped(shared(proving(second), second, recipe, report), ({ chunks }) =>
    chunks.map((chunk) => stageOf(structuredClone(recipe)).part(structuredClone(chunk))),
  );
  expect(alone.works).toHaveLength(1);
  expect(alone.works[0].times).toEqual(times);
  expect(alone.value.bound).toBeGreaterThan(0);
  expect(elsewhere.value).toEqual(alone.value);
  expect(unshared(proving(third), third)).toEqual(alone.value);
});
