import { expect, test } from "vitest";
import { diagonal, matrix } from "../../src/algebra/matrix.ts";
import { matrixAt } from "../../src/algebra/series.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { approachCoefficient } from "../../src/limits/approachCoefficient.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { asModel } from "../oracle/plainModel.ts";

const none = (sizes: readonly number[]) => sizes.map(() => 1e-16);

test("of a power series that ends is found exactly, whether it begins at M^(-1/2) or at 1/M", () => {
  const sizes = [10, 30, 100];
  for (const exponent of [-0.5, -1] as const) {
    const series = (size: number) =>
      [0.7, -1.3, 2].reduce((sum, c, k) => sum + c * size ** exponent * size ** (-k / 2), 0);
    const differences = sizes.map((size) => Float64Array.of(series(size), 0));
    const found = approachCoefficient(sizes, differences, exponent, none(sizes));
    expect(found?.values[0]).toBeCloseTo(0.7, 12);
    expect(found?.values[1]).toBe(0);
  }
});

test("its uncertainty holds where values are noisy, and small sizes do better then", () => {
  const sizes = [10, 100, 1e3, 1e4, 1e6, 1e8];
  const noise = 1e-9;
  const differences = sizes.map((size, i) => Float64Array.of(0.3 / size + 0.2 / size ** 1.5 + noise * Math.sin(5 * i)));
  const found = approachCoefficient(
    sizes,
    differences,
    -1,
    sizes.map(() => noise),
  );
  expect(Math.abs((found?.values[0] ?? 0) - 0.3)).toBeLessThan(found?.uncertainty ?? 0);
  expect(found?.uncertainty).toBeLessThan(1e-3);
  expect(found?.sizes.at(-1)).toBeLessThan(1e6);
  expect(approachCoefficient([1, 2], [Float64Array.of(1), Float64Array.of(1)], -1, [0, 0])).toBeNull();
});

/** S only dephases, and sites do not move: ρ_01(t) = ρ_01(0) (Σ_k p_k e^{−iΔ v_k t/√M})^M, Δ = g_0 − g_1. */
function skew() {
  const [p, q] = [0.2, 0.8];
  return asModel({
    name: "skew",
    dims: [2],
    systemHamiltonian: diagonal([0, 0]),
    systemState: matrix([
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
    siteHamiltonian: diagonal([0, 1]),
    siteState: diagonal([p, q]),
    couplings: [{ system: diagonal([0.4, -0.4]), site: diagonal([q, -p]), hc: "included" }],
    center: "error",
    times: [0.5, 1, 2],
    sizes: [1],
    tolerance: 1e-12,
  });
}

test("of a dephasing qubit is i (Δt)³⟨v³⟩/6 times its limit, from the third moment", () => {
  const model = skew();
  const third = 0.2 * 0.8 ** 3 - 0.8 * 0.2 ** 3;
  const second = 0.2 * 0.8 ** 2 + 0.8 * 0.2 ** 2;
  const sizes = [1e4, 1e5, 1e6, 1e7];
  const entry01 = (size: number) => {
    const { rho } = simulate(model, size);
    return Float64Array.from(model.times.flatMap((_, t) => [matrixAt(rho, t).re[1], matrixAt(rho, t).im[1]]));
  };
  const limit = entry01(Number.POSITIVE_INFINITY);
  const differences = sizes.map((size) => entry01(size).map((value, k) => value - limit[k]));
  const found = approachCoefficient(
    sizes,
    differences,
    -0.5,
    sizes.map(() => 1e-14),
  );
  model.times.forEach((t, k) => {
    const exact = 0.5 * Math.exp(-((0.8 * t) ** 2 * second) / 2) * (((0.8 * t) ** 3 * third) / 6);
    expect(found?.values[2 * k]).toBeCloseTo(0, 6);
    expect(Math.abs((found?.values[2 * k + 1] ?? 0) - exact)).toBeLessThan(1e-6);
  });
  // Where the full tensor product can still be formed, the closed form that was used agrees with it.
  const small = bruteForce(model, 4);
  const own = simulate(model, 4).rho;
  expect(Math.abs(small.im[1] - own.im[1])).toBeLessThan(1e-12);
});
