/** The dynamical map Λ_t of S, ρ_S(t) = Λ_t(ρ_S), for any initial state of S. */

import { adjoint, identity, kron, type Matrix, multiply, zeros } from "../../algebra/matrix.ts";
import type { Model, Protocol, Size } from "../../model/types.ts";
import type { Run } from "../run.ts";
import { type SimulateOptions, simulate } from "../simulate.ts";

/** Most levels of S whose map is found: the pair of S and its reference has the square of it. */
export const mostMapLevels = 16;

/**
 * S together with a reference of the same dimension that nothing acts on, both maximally entangled at first: the state
 * of the pair at t is the Choi state of Λ_t (`algebra/choi.ts`), so that one run of the usual kind, from a pure state,
 * gives the whole map, with the usual errors. The tolerance is divided by N², so that every entry of Λ_t(ρ), which is N
 * times Σ_ab C_(ia),(jb) ρ_ab, keeps that of the model for every state ρ. Pulses, drives and decay act on S as they do
 * without the reference. Throws RangeError for more than `mostMapLevels` levels, and where each time is an experiment of
 * its own: maps of different experiments do not follow one another.
 */
export function withReference(model: Model): Model {
  const n = model.system.dimension;
  if (n > mostMapLevels) {
    throw new RangeError(`the dynamical map is found for systems of at most ${mostMapLevels} levels, but S has ${n}.`);
  }
  if (model.protocol?.scan) {
    throw new RangeError(
      "memory is seen from one time to the next of one experiment, but these `pulses` make each of `times` an experiment " +
        "of its own: `duration`, or `at` in the place of `fraction`, gives them times of their own.",
    );
  }
  const one = identity(n);
  const beside = (operator: Matrix) => kron(operator, one);
  return {
    ...model,
    system: {
      ...model.system,
      dims: [...model.system.dims, n],
      dimension: n * n,
      hamiltonian: beside(model.system.hamiltonian),
      state: maximallyEntangled(n),
    },
    reservoirs: model.reservoirs.map((kind) => ({
      ...kind,
      couplings: kind.couplings.map((coupling) => ({ ...coupling, system: beside(coupling.system) })),
    })),
    meanField: { ...model.meanField, operator: beside(model.meanField.operator) },
    ...(model.protocol && { protocol: onPart(model.protocol, beside) }),
    observables: [],
    tolerance: model.tolerance / n ** 2,
  };
}

/** The same protocol with every operator on S put in the place of what `beside` makes of it. */
function onPart(protocol: Protocol, beside: (operator: Matrix) => Matrix): Protocol {
  const { pulses, drives, decays } = protocol;
  return {
    ...protocol,
    pulses: pulses.map((pulse) => ({ ...pulse, unitary: beside(pulse.unitary) })),
    drives: drives.map((drive) => ({ ...drive, operator: beside(drive.operator) })),
    decays: decays.map((decay) => ({ ...decay, operator: beside(decay.operator) })),
  };
}

/** Λ_t as a run whose `rho` are Choi states (N² × N²). Throws what `simulate` throws, and RangeError for a large S. */
export function dynamicalMap(model: Model, size: Size, options: SimulateOptions = {}): Run {
  return simulate(withReference(model), size, options);
}

function maximallyEntangled(n: number): Matrix {
  const ket = zeros(n * n, 1);
  for (let a = 0; a < n; a++) ket.re[a * (n + 1)] = 1;
  const state = multiply(ket, adjoint(ket));
  for (let i = 0; i < state.re.length; i++) state.re[i] /= n;
  return state;
}
