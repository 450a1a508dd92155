/** The paper's examples as models. */

import { diagonal } from "../algebra/matrix.ts";
import type { TimesSpec } from "../model/spec.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";
import { jump } from "./operators.ts";

type Times = TimesSpec | readonly number[];

/** ω_R of the qubit example. */
export const bathFrequency = 1.1;

/** |G| of the qubit example. */
export const exchange = 0.2;

/**
 * The qubit example: G = 0.2 |↓⟩⟨↑|, v = |↑⟩⟨↓|, h = ω_R |↑⟩⟨↑|, ρ_R = w |↓⟩⟨↓| + (1 − w) |↑⟩⟨↑|; H_S is σ_z/2 and S starts
 * in |+⟩, unless said otherwise.
 */
export function qubitModel(options: {
  readonly w: number;
  readonly times: Times;
  readonly hamiltonian?: string;
  readonly state?: string;
  readonly tolerance?: number;
}): Model {
  const { w } = options;
  return defineModel({
    name: `qubit, w = ${w}`,
    system: { dims: 2, hamiltonian: options.hamiltonian ?? "0.5 * sigmaz", state: options.state ?? "plus" },
    reservoir: { dims: 2, hamiltonian: `${bathFrequency} * proj(up)`, state: diagonal([1 - w, w]) },
    couplings: [{ system: `${exchange} * sigmam`, site: "sigmap" }],
    times: options.times,
    tolerance: options.tolerance ?? 1e-9,
  });
}

/** E_q of the example with several modes. */
export const siteEnergies = [0, 0.8, 1.2, 2.1, 2.6, 3.3] as const;

/** Of "emergence of multiple modes": sites with Q levels in |1⟩, v_q = |q⟩⟨1|, and a spin 1 with its own G_q for each. */
export function multipleModesModel(options: {
  readonly levels?: number;
  readonly times: Times;
  readonly tolerance?: number;
}): Model {
  const { levels = 4 } = options;
  const systems = ['0.15 * jmat(1, "-")', '0.15 * jmat(1, "-")', '0.1 * jmat(1, "z")', '0.1 * jmat(1, "x")'];
  return defineModel({
    name: "several fluctuation modes",
    system: { dims: 3, hamiltonian: 'jmat(1, "z") + 0.2 * jmat(1, "z")^2', state: "basis(3, 0)" },
    reservoir: { dims: levels, hamiltonian: diagonal(siteEnergies.slice(0, levels)), state: jump(levels, 0, 0) },
    couplings: Array.from({ length: levels - 1 }, (_, i) => ({
      system: systems[i % systems.length],
      site: jump(levels, i + 1, 0),
    })),
    times: options.times,
    tolerance: options.tolerance ?? 1e-8,
  });
}

/** ω_F of (20). */
export const commonFrequency = 1;

/**
 * Two qubits and a common bath, (20): v = |1⟩⟨2|, G = Γ_1 + Γ_2. Γ is 0.12 σ_x and S starts in |↑↓⟩ unless said
 * otherwise.
 */
export function entanglementModel(options: {
  readonly gamma?: string;
  readonly state?: string;
  readonly times: Times;
  /** G is divided by this: √M makes the coupling ∝ 1/M. */
  readonly weaker?: number;
  readonly tolerance?: number;
}): Model {
  const gamma = options.gamma ?? "0.12 * sigmax";
  return defineModel({
    name: "two qubits and a common bath",
    system: {
      dims: [2, 2],
      hamiltonian: "0.5 * kron(sigmaz, qeye(2)) + 0.5 * kron(qeye(2), sigmaz)",
      state: options.state ?? "kron(up, down)",
    },
    reservoir: { dims: 2, hamiltonian: `${commonFrequency} * proj(up)`, state: "proj(down)" },
    couplings: [
      {
        system: `(kron(${gamma}, qeye(2)) + kron(qeye(2), ${gamma})) / ${options.weaker ?? 1}`,
        site: "sigmam",
      },
    ],
    times: options.times,
    tolerance: options.tolerance ?? 1e-8,
  });
}
