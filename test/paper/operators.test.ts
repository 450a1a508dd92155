import { expect, test } from "vitest";
import { adjoint, commutator, maxAbs, multiply, scale, subtract } from "../../src/algebra/matrix.ts";
import { jump, spin } from "../../src/paper/operators.ts";

test("[σx, σy] = 2iσz, and σx = |up⟩⟨down| + |down⟩⟨up|", () => {
  expect(maxAbs(subtract(commutator(spin.x, spin.y), scale(spin.z, { re: 0, im: 2 })))).toBe(0);
  expect(maxAbs(subtract(subtract(spin.x, spin.raise), spin.lower))).toBe(0);
  expect(maxAbs(subtract(adjoint(spin.lower), spin.raise))).toBe(0);
});

test("|k⟩⟨l| |l⟩⟨m| = |k⟩⟨m|", () => {
  expect(multiply(jump(4, 2, 0), jump(4, 0, 3))).toEqual(jump(4, 2, 3));
});
