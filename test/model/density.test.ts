import { describe, expect, test } from "vitest";
import { add, hermitianDefect, matrix, maxAbs, scale, subtract, trace } from "../../src/algebra/matrix.ts";
import { densityOn } from "../../src/model/density.ts";
import type { Space } from "../../src/model/operatorOf.ts";
import { random, randomMatrix, randomState } from "../oracle/random.ts";
import { collector } from "./starter.ts";

const qubit: Space = { dims: [2], dimension: 2, saidAt: "system.dims" };
const pair: Space = { dims: [2, 2], dimension: 4, saidAt: "system.dims" };

function refused(written: unknown, space = qubit): string[] {
  const { issues, report } = collector();
  expect(densityOn(space, written, ["state"], report)).toBeUndefined();
  return issues.map(({ message, suggestion }) => `${message} ${suggestion ?? ""}`);
}

describe("a state", () => {
  test("may be a ket or its projector", () => {
    const { issues, report } = collector();
    const half = matrix([
      [0.5, [0, -0.5]],
      [[0, 0.5], 0.5],
    ]);
    for (const written of ["plus_i", "proj(plus_i)", ["sqrt(1/2)", "i*sqrt(1/2)"], "unit(3*up + 3i*down)"]) {
      const rho = densityOn(qubit, written, ["state"], report);
      expect(rho && maxAbs(subtract(rho, half))).toBeLessThan(1e-15);
    }
    expect(issues).toEqual([]);
  });

  test("that is off by rounding is mended: Hermitian and of trace 1", () => {
    const from = random(8);
    const { issues, report } = collector();
    for (let n = 2; n < 6; n++) {
      const rho = randomState(from, n, 1 + (n % 2));
      const rounded = scale(add(rho, randomMatrix(from, n), 1e-13), 1 + 3e-12);
      const mended = densityOn({ ...qubit, dims: [n], dimension: n }, rounded, ["state"], report);
      expect(mended && maxAbs(subtract(mended, rho))).toBeLessThan(1e-11);
      expect(mended && hermitianDefect(mended)).toBe(0);
      expect(mended && Math.abs(trace(mended).re - 1)).toBeLessThan(1e-15);
    }
    expect(issues).toEqual([]);
  });
});

describe("what is no state", () => {
  test("has a trace other than 1, which is shown with enough digits", () => {
    expect(refused("0.68 * proj(up) + 0.3 * proj(down)")[0]).toContain(
      "`state` must have trace 1, but has trace 0.98.",
    );
    expect(
      refused([
        [0.5, 0],
        [0, 0.500000001],
      ])[0],
    ).toContain("but has trace 1.000000001.");
    expect(
      refused([
        ["i", 0],
        [0, 1],
      ])[1],
    ).toContain("has trace 1+i");
  });

  test("being rounded, is told how to write exact numbers", () => {
    const thirds = { ...qubit, dims: [3], dimension: 3 };
    const [issue] = refused(
      [
        [0.333333, 0, 0],
        [0, 0.333333, 0],
        [0, 0, 0.333333],
      ],
      thirds,
    );
    expect(issue).toContain("has trace 0.999999.");
    expect(issue).toContain('"1/3" may be an entry');
  });

  test("has a ket of another norm, and unit() is named", () => {
    expect(refused("up + down")[0]).toContain("must have norm 1, being a ket, but has norm 1.41421. `unit(up + down)`");
    expect(refused([1, 1])[0]).toContain("Divide the entries by it.");
  });

  test("has a negative eigenvalue, and the smallest is shown", () => {
    expect(refused("qeye(2)/2 + 0.7*sigmax")[0]).toContain("`state` must be positive, but has the eigenvalue -0.2.");
    expect(
      refused([
        [1.3, 0],
        [0, -0.3],
      ])[0],
    ).toContain("has the eigenvalue -0.3.");
  });

  test("is not Hermitian", () => {
    expect(
      refused([
        [0.5, "i/2"],
        ["i/2", 0.5],
      ])[0],
    ).toContain("must be Hermitian, but has 0.5i at [0][1] and 0.5i at [1][0]");
  });

  test("is wrong in several ways, and each is told", () => {
    const found = refused([
      [2, 1],
      [0, -0.5],
    ]);
    expect(found).toHaveLength(3);
    expect(found.join()).toMatch(/Hermitian.*trace 1\.5.*positive/);
  });

  test("is of the wrong dimension or kind", () => {
    expect(refused("up", pair)[0]).toContain(
      "must have dimension 4, as `system.dims` says, but is a ket of dimension 2",
    );
    expect(refused("up", pair)[0]).toContain("`kron(a, b)`");
    expect(refused("proj(up)", pair)[0]).toContain("must be 4×4, as `system.dims` says, but is 2×2");
    expect(refused("dag(up)")[0]).toContain("but is a bra of dimension 2");
    expect(refused(1)[0]).toContain("must be a ket or a density matrix, but is a number");
  });
});
