import { expect, test } from "vitest";
import { interaction } from "../../src/cli/interaction.ts";
import type { ModelSpec } from "../../src/model/spec.ts";
import { defineModel } from "../../src/model/validate.ts";

const base: ModelSpec = {
  system: { dims: 2, hamiltonian: "0.5 * sigmaz", state: "plus" },
  reservoir: { dims: 2, hamiltonian: "proj(up)", state: "0.75 * proj(down) + 0.25 * proj(up)" },
  couplings: [],
};

function text(spec: Partial<ModelSpec>): string {
  const whole = { ...base, ...spec };
  return interaction(defineModel(whole), whole).join("\n");
}

test("G ⊗ v that is not Hermitian is written with + H.c.", () => {
  const lines = text({ couplings: [{ system: "0.15 * sigmam", site: "sigmap" }] });
  expect(lines).toContain("V = 1/√M Σ_m K_1");
  expect(lines).toContain("K_1 = [0.15 |1><0|] ⊗ [|0><1|] + H.c.");
  expect(lines).toContain("no mean field");
});

test("the same physical coupling reads the same, however it is written", () => {
  const once = text({ couplings: [{ system: "0.2 * sigmaz", site: "sigmax", hc: "included" }] });
  const twice = text({ couplings: [{ system: "0.1 * sigmaz", site: "sigmax" }] });
  const term = "K_1 = [0.2 |0><0| - 0.2 |1><1|] ⊗ [|0><1| + |1><0|]";
  expect(once).toContain(term);
  expect(twice).toContain(term);
});

test("a mean field that is removed, one that stays, and one that does not matter are told apart", () => {
  const couplings = [{ system: "0.2 * sigmaz", site: "sigmaz", hc: "included" as const }];
  const removed = text({ couplings, center: "subtract" });
  expect(removed).toContain("c_1 = tr(ρ v_1) = -0.5");
  expect(removed).toContain("It is removed");
  expect(text({ couplings, center: "keep", sizes: [10] })).toContain("It stays in H_S");
  const harmless = [{ system: "0.2 * qeye(2)", site: "sigmaz", hc: "included" as const }];
  expect(text({ couplings: harmless })).toContain("a multiple of 1");
  expect(text({ couplings: harmless, center: "keep", sizes: [10] })).toContain("⟨V⟩ of finite sizes has it");
});

test("several reservoirs are shown one after the other, couplings counted through; a spread by its first value", () => {
  const reservoir = base.reservoir ?? { hamiltonian: 0, state: 0 };
  const several: ModelSpec = {
    system: base.system,
    reservoirs: [
      { ...reservoir, share: 0.25, couplings: [{ system: "0.15 * sigmam", site: "sigmap" }] },
      {
        ...reservoir,
        share: 0.75,
        couplings: [{ system: "0.1 * sigmax", site: "sigmax", hc: "included" }],
        spread: { of: "coupling", law: "uniform", width: 1, quantiles: 2 },
      },
    ],
  };
  const lines = interaction(defineModel(several), several).join("\n");
  expect(lines).toContain("M counting all");
  expect(lines).toContain("Reservoir 1, a share 0.25 of the M sites: Σ_m K_1");
  expect(lines).toContain(
    "Reservoir 2, a share 0.75 of the M sites, here at 0.75, the first of 2 values of its coupling",
  );
  expect(lines).toMatch(/K_2 = .*hc: included, so taken once/);
  expect(lines).toContain("`reservoirs[1].spread`: 2 values");
});
