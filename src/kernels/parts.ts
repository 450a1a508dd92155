/**
 * A kernel's work in parts that may be done in any order, by any thread. They depend on how much there is alone, and what they add
 * up to is added in their order: the last bit does not depend on who does what.
 */

/** Joint states below which threads wait for each other longer than they save. */
const worthParts = 2 ** 15;

/** Enough for a few threads to end at about the same time, also where one of them is slow. */
export const mostParts = 16;

/** How many parts there are for so many joint states. */
export function partsFor(states: number): number {
  return states < worthParts ? 1 : mostParts;
}

/** Where the parts of `count` things begin, and the end of the last. */
export function boundsOf(count: number, parts: number): readonly number[] {
  return Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * count) / parts));
}

/** The same for things of unlike size: `starts` has where each begins, and the end of the last. */
export function evenBounds(starts: ArrayLike<number>, parts: number): readonly number[] {
  const count = starts.length - 1;
  const bounds = [0];
  let at = 0;
  for (let part = 1; part < parts; part++) {
    const wanted = starts[0] + ((starts[count] - starts[0]) * part) / parts;
    while (at < count && starts[at] < wanted) at++;
    bounds.push(at);
  }
  return [...bounds, count];
}

/** Does the parts of a kernel, each with its own arguments; gives what each returns. */
export type PartRunner = (kernel: PartKernel, parts: readonly (readonly number[])[]) => ArrayLike<number>;

/** Kernels that have parts; their numbers are their names between threads. */
export const partKernels = [
  "realRows",
  "complexRows",
  "products",
  "blocks",
  "subtractScaled",
  "superpose",
  "formBlocks",
] as const;

export type PartKernel = (typeof partKernels)[number];

/** A thread's own instance of the kernels does them one by one. */
export function alone(run: PartExports): PartRunner {
  return (kernel, parts) => parts.map((args) => run[kernel](...args) ?? 0);
}

export type PartExports = Readonly<Record<PartKernel, (...args: number[]) => number | undefined>>;

/** Σ of what the parts give, in their order. */
export function sumOfParts(values: ArrayLike<number>): number {
  let sum = 0;
  for (let part = 0; part < values.length; part++) sum += values[part];
  return sum;
}
