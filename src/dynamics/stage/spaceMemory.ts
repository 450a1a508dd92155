/** What a space takes of the memory, before it is built. */

import type { Pattern } from "../../fock/hamiltonian.ts";
import { mostVectorBytes } from "../krylov/krylovCost.ts";

/** Bytes that the tables of a basis take for a joint state. */
export function bytesPerState({ modes, hoppings, dimension }: Pattern): number {
  return (20 * modes + 8 * hoppings.length + 24) / dimension + 9;
}

/** Complex vectors of a window. */
const usualVectors = 36;

/** No space with more joint states than this can be evolved: H stored and windows of many vectors, or neither. */
export function mostStates(pattern: Pattern, memory: number): number {
  const tables = bytesPerState(pattern);
  const usual = tables + 20 * entriesPerRow(pattern) + 16 * usualVectors;
  return Math.floor(Math.max(memory / usual, (memory - mostVectorBytes) / tables));
}

/** Matrix entries of a joint state, at most: some lead out of the space. */
export function entriesPerRow(pattern: Pattern): number {
  const perRow = (entries: Uint8Array) => entries.reduce((sum, bit) => sum + bit, 0) / pattern.dimension;
  let entries = 1 + perRow(pattern.system);
  for (const ladder of pattern.ladders) entries += 2 * perRow(ladder.entries);
  for (const hopping of pattern.hoppings) entries += 0.5 * perRow(hopping.entries);
  return entries;
}

/** `system` times the number of occupations that groups of modes have room for. */
export function roomyStates({ groupOf, capacities }: Pattern, system: number): number {
  let states = system;
  capacities.forEach((capacity, group) => {
    const modes = groupOf.filter((one) => one === group).length;
    for (let k = 1; k <= modes; k++) states *= (capacity + k) / k;
  });
  return states;
}

/**
 * `system` times the number of occupations with Σ weight n ≤ cutoff, about: the volume of that simplex, exact for weights 1; no more
 * than there is room for.
 */
export function simplexStates(pattern: Pattern, system: number, cutoff: number): number {
  const { weights } = pattern;
  let states = system;
  [...weights]
    .sort((a, b) => a - b)
    .forEach((weight, k) => {
      states *= (cutoff / weight + k + 1) / (k + 1);
    });
  return Math.min(states, roomyStates(pattern, system));
}
