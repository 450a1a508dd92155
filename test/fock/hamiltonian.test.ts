import { describe, expect, test } from "vitest";
import { matrix, zeros } from "../../src/algebra/matrix.ts";
import { type BosonHamiltonian, everywhere, onSystem, patternOf, withoutModes } from "../../src/fock/hamiltonian.ts";

const infinite = Number.POSITIVE_INFINITY;

function hamiltonian(changes: Partial<BosonHamiltonian>): BosonHamiltonian {
  return {
    dimension: 2,
    system: zeros(2),
    modes: [
      { frequency: 1, group: 0 },
      { frequency: 2, group: 1 },
    ],
    groups: [
      { filled: 1, step: 0, capacity: infinite },
      { filled: 1, step: 0.5, capacity: 2 },
    ],
    ladders: [{ mode: 1, coupling: zeros(2) }],
    hoppings: [{ to: 0, from: 1, operator: zeros(2) }],
    ...changes,
  };
}

describe("the pattern of Hamiltonians", () => {
  test("has an entry where any of them has one, real or imaginary", () => {
    const a = hamiltonian({
      system: matrix([
        [1, 0],
        [0, 0],
      ]),
    });
    const b = hamiltonian({
      system: matrix([
        [0, [0, 1e-300]],
        [[0, -1e-300], 0],
      ]),
      ladders: [
        {
          mode: 1,
          coupling: matrix([
            [0, 0],
            [[0, 2], 0],
          ]),
        },
      ],
    });
    const pattern = patternOf([a, b]);
    expect([...pattern.system]).toEqual([1, 1, 1, 0]);
    expect([...pattern.ladders[0].entries]).toEqual([0, 0, 1, 0]);
    expect(pattern.ladders[0].mode).toBe(1);
    expect([...pattern.hoppings[0].entries]).toEqual([0, 0, 0, 0]);
    expect([pattern.hoppings[0].to, pattern.hoppings[0].from]).toEqual([0, 1]);
  });

  test("allows each group what the most generous of them allows, and weighs all modes alike", () => {
    const more = hamiltonian({ groups: [hamiltonian({}).groups[0], { filled: 2, step: 0.5, capacity: 4 }] });
    const pattern = patternOf([hamiltonian({}), more]);
    expect(pattern.capacities).toEqual([infinite, 4]);
    expect(pattern.groupOf).toEqual([0, 1]);
    expect(pattern.weights).toEqual([1, 1]);
  });
});

test("a Hamiltonian may lose the energies of its quanta, or have something else in the place of every operator on S", () => {
  const one = matrix([
    [1, 0],
    [0, 0],
  ]);
  const h = onSystem(hamiltonian({}), () => one);
  expect([h.system, h.ladders[0].coupling, h.hoppings[0].operator]).toEqual([one, one, one]);
  expect(withoutModes(h).modes.map(({ frequency }) => frequency)).toEqual([0, 0]);
  const { system, ladders, hoppings } = everywhere(patternOf([h]));
  for (const entries of [system, ladders[0].entries, hoppings[0].entries]) expect([...entries]).toEqual([1, 1, 1, 1]);
});
