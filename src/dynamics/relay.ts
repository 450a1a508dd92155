/** Steps of one generator, told as those of another. */

/** Runs a search to its end, yielding what `say` makes of each of its steps. */
export function* relay<Step, Told, Value>(
  steps: Generator<Step, Value, void>,
  say: (step: Step) => Told,
): Generator<Told, Value, void> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield say(step.value);
  }
}
