/** Steps of one generator, told as those of another. */

import type { Step, Steps } from "./work.ts";

/** Runs a search to its end, yielding what `say` makes of each of its steps. */
export function* relay<Own, Value>(steps: Generator<Own, Value, void>, say: (step: Own) => Step): Steps<Value> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield say(step.value);
  }
}
