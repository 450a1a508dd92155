import { describe, expect, test } from "vitest";
import { answering, type Question } from "../../../src/crew/question.ts";
import { experimentNamed } from "../../../src/dynamics/experiments/experimentNamed.ts";
import type { Run } from "../../../src/dynamics/run.ts";
import type { Part } from "../../../src/dynamics/sharing/part.ts";
import { type Chunk, cutIntoChunks, cutIntoRanges, type Work } from "../../../src/dynamics/sharing/work.ts";
import { stageOf } from "../../../src/dynamics/stage/stageOf.ts";
import { questions } from "../../crew/questions.ts";

/** The run, where `evolve` does its work. */
function worked(question: Question, evolve: (work: Work) => readonly Part[] | undefined): Run {
  const steps = answering(question);
  let step = steps.next();
  while (!step.done) step = steps.next(step.value.work && evolve(step.value.work));
  return step.value;
}

/** As another thread does it: from a copy of the recipe, with a stage of its own for each chunk. */
function evolvedAlone({ recipe }: Work, chunk: Chunk): Part {
  const { asked, ...copy } = structuredClone(recipe);
  const stage = stageOf(copy, asked && experimentNamed(asked));
  return structuredClone(stage.part(structuredClone(chunk)));
}

const untimed = (run: Run) => ({ ...run, cost: { ...run.cost, seconds: 0 } });

describe.each(Object.entries(questions))("%s", (_, question) => {
  test("comes out the same to the last bit wherever its chunks are evolved, in any order", () => {
    const here = untimed(worked(question, () => undefined));
    const elsewhere = worked(question, (work) => work.chunks.map((chunk) => evolvedAlone(work, chunk)));
    const backwards = worked(question, (work) => [...work.chunks].reverse().map(work.evaluate).reverse());
    expect(untimed(elsewhere)).toEqual(here);
    expect(untimed(backwards)).toEqual(here);
  });

  test("has sectors that do not depend on those evolved before in the same stage", () => {
    let compared = 0;
    const { cost } = worked(question, (work) => {
      const points = work.chunks.flatMap((chunk) => chunk.points.map((point) => ({ ...chunk, points: [point] })));
      const some = points.filter((_, p) => p % Math.ceil(points.length / 6) === 0);
      for (const chunk of [...some].reverse()) expect(work.evaluate(chunk)).toEqual(evolvedAlone(work, chunk));
      compared += some.length;
      return undefined;
    });
    if (cost.sectors > 1) expect(compared).toBeGreaterThan(3);
  });
});

test("the questions are of every kind, and not closed forms", () => {
  const paths = Object.values(questions).map((question) => worked(question, () => undefined).path);
  for (const kind of [/static Gaussian field/, /Holstein-Primakoff/, /total spin/, /purified sites/, /mean field/]) {
    expect(paths.filter((path) => kind.test(path))).not.toEqual([]);
  }
  for (const how of [/diagonalised/, /Krylov windows/, /joint density matrix/, /trajectories/, /Taylor windows/]) {
    expect(paths.filter((path) => how.test(path))).not.toEqual([]);
  }
});

describe("chunks", () => {
  const points = Array.from({ length: 100 }, (_, n) => ({ point: [n], weight: 1 }));

  test("hold all points in their order, about as many each", () => {
    const chunks = cutIntoChunks(points, 5, 1e-9, 4e-3, 1000);
    expect(chunks.flatMap((chunk) => chunk.points)).toEqual(points);
    expect(chunks.length).toBeGreaterThan(10);
    const sizes = chunks.map((chunk) => chunk.points.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  test("are few where a sector costs little or its sum much, and never more than points", () => {
    expect(cutIntoChunks(points, 5, 0, 1e-5, 1000)).toHaveLength(1);
    expect(cutIntoChunks(points, 5, 0, 10, 1000)).toHaveLength(100);
    expect(cutIntoChunks(points, 5, 0, 4e-3, 1e8).length).toBeLessThan(3);
    expect(cutIntoChunks([], 5, 0, 1, 1000)).toHaveLength(1);
  });

  test("of kets are ranges that follow each other, and one range where they take little", () => {
    expect(cutIntoRanges(50, 0.09, 1000)).toEqual([{ from: 0, to: 50 }]);
    expect(cutIntoRanges(1, 100, 1000)).toEqual([{ from: 0, to: 1 }]);
    expect(cutIntoRanges(3, 0.2, 1000)).toEqual([0, 1, 2].map((from) => ({ from, to: from + 1 })));
    const ranges = cutIntoRanges(50, 0.2, 1000);
    expect(ranges.length).toBeGreaterThan(3);
    expect(ranges.length).toBeLessThan(20);
    expect(ranges.map(({ from }) => from)).toEqual([0, ...ranges.slice(0, -1).map(({ to }) => to)]);
    expect(ranges.at(-1)?.to).toBe(50);
  });
});
