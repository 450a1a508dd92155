/** Work that a run comes to is done by whoever steps the run, or else here. */

import type { Progress } from "../run.ts";
import type { StageRecipe } from "../stage/stageRecipe.ts";
import type { Part } from "./part.ts";
import type { Sharing, Steps, Work, Workplace } from "./work.ts";

/** The parts of some work: those that whoever steps this run has found, or else found here. */
export function* found(work: Work, report: (sectors: number) => Progress): Steps<readonly Part[]> {
  const given = yield { ...report(0), work };
  if (given !== undefined) return given;
  const parts: Part[] = [];
  let sectors = 0;
  for (const chunk of work.chunks) {
    parts.push(work.evaluate(chunk));
    sectors += chunk.points.length;
    yield report(sectors);
  }
  return parts;
}

/** What a stage comes to from such parts. */
export function* shared<Value>(
  sharing: Sharing<Value>,
  stage: Workplace,
  recipe: StageRecipe,
  report: () => Progress,
): Steps<Value> {
  let step = sharing.next();
  while (!step.done) step = sharing.next(yield* found(stage.work(step.value, recipe), report));
  yield report();
  return step.value;
}

/** The same at once, all of it found here. */
export function unshared<Value>(sharing: Sharing<Value>, stage: Workplace): Value {
  let step = sharing.next();
  while (!step.done) step = sharing.next(step.value.map((chunk) => stage.part(chunk)));
  return step.value;
}
