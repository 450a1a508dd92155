/** From a model to what another solver is handed: the form, the cut-offs, the reference. */

import { eigh } from "../algebra/hermitian.ts";
import { type Matrix, maxAbs } from "../algebra/matrix.ts";
import type { Progress, Run } from "../dynamics/run.ts";
import { simulation } from "../dynamics/simulate.ts";
import type { Expectation, Model } from "../model/types.ts";
import { type MinimalForm, minimalForm, reduceModes } from "../reservoir/minimal.ts";
import { type BosonMode, standardModes } from "../reservoir/modes.ts";
import { thermalOscillators } from "../reservoir/thermalOscillators.ts";
import type { BoxStart } from "./box.ts";
import { chooseBox, requireSmallest } from "./boxCutoffs.ts";
import { actingFields, fieldNodes, fieldPoints } from "./fieldNodes.ts";
import {
  type HandedField,
  type HandedSystem,
  type Handover,
  type HandoverForm,
  type HierarchyHandover,
  type OnHandoverProgress,
  RefusedHandoverError,
} from "./handover.ts";
import { hermitianBaths, isNotHermitian } from "./hermitianBaths.ts";
import { chooseDepth, requireFewest } from "./hierarchy.ts";
import { checkedTimes, type TimeChoice } from "./times.ts";

export interface HandoverOptions {
  readonly form: HandoverForm;
  /** How far a script may be from the reference. */
  readonly tolerance: number;
  /** Joint states of S and the oscillators, or unknowns of a hierarchy, that are allowed. */
  readonly mostStates: number;
  /** At most so many times are compared. */
  readonly mostTimes: number;
  /** Of bosonize. */
  readonly version: string;
  /** Told where the run of the reference stands, and the search for cut-offs. */
  readonly onRun?: (progress: Progress) => void;
  readonly onProgress?: OnHandoverProgress;
}

/** Evolutions that an average over static fields may take. */
const mostPoints = 1000;

/** Fock states whose probability is less, relative to the tolerance, are not started from. */
const negligibleStart = 0.03;

/** Couplings below this, relative to the largest, are rounding errors. */
const negligibleCoupling = 1e-13;

/**
 * S and the reference at some of the model's times. Throws RefusedHandoverError if no time is positive, or if something is
 * done to S from outside.
 */
export function handedSystem(model: Model, options: HandoverOptions, choice: TimeChoice = "model"): HandedSystem {
  if (model.protocol !== undefined) {
    throw new RefusedHandoverError(
      "the scripts know nothing of `pulses`, `drive` and `decay`, and would give another ρ_S(t). Export the model without " +
        "them, and add them in the script: they act on S alone, and F is the same.",
    );
  }
  const { tolerance, mostTimes, version } = options;
  const { times, remark } = checkedTimes(model.times, mostTimes, choice);
  const run = reference({ ...model, times }, 0.03 * tolerance, options);
  if (run.error.estimate > 0.3 * tolerance) {
    throw new RefusedHandoverError(
      `bosonize itself gets no closer than ${run.error.estimate.toExponential(1)} to ρ_S(t), which is too coarse for a ` +
        `script that must agree to ${tolerance.toExponential(1)}. Give a larger --tolerance.`,
    );
  }
  return {
    name: model.name,
    version,
    dims: model.system.dims,
    hamiltonian: model.system.hamiltonian,
    state: model.system.state,
    observables: model.observables.filter((one): one is Expectation => one.kind === "expectation"),
    reference: run.rho,
    referenceError: run.error.estimate,
    tolerance,
    timesRemark: remark,
  };
}

function reference(model: Model, tolerance: number, { onRun }: HandoverOptions): Run {
  const steps = simulation(model, Number.POSITIVE_INFINITY, { tolerance });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    onRun?.(step.value);
  }
}

/** The oscillators of one of the forms, the static ones as a field; those in a thermal state with their n̄. */
export function oscillators(model: Model, form: HandoverForm): Oscillators {
  const { modes, field, occupations } = listed(model, form);
  return {
    modes: modes.map((mode) => ({ ...mode, coupling: withoutRounding(mode.coupling) })),
    field: field.map(withoutRounding),
    occupations,
  };
}

interface Oscillators extends Pick<MinimalForm, "modes" | "field"> {
  readonly occupations: number[];
}

/** Entries this small beside the largest join what nothing else joins: what a script conserves is seen only without them. */
const roundingOfEntries = 1e-15;

function withoutRounding(a: Matrix): Matrix {
  const least = roundingOfEntries * maxAbs(a);
  const tidy = (x: number) => (Math.abs(x) <= least ? 0 : x);
  return { ...a, re: a.re.map(tidy), im: a.im.map(tidy) };
}

function listed(model: Model, form: HandoverForm): Oscillators {
  if (form === "standard") {
    const list = standardModes(model);
    const largest = Math.max(0, ...list.map(({ coupling }) => maxAbs(coupling)));
    const moving = list.filter(({ k, l, coupling }) => k !== l && maxAbs(coupling) > negligibleCoupling * largest);
    const { field } = reduceModes(list.filter(({ k, l }) => k === l));
    return { modes: moving, field, occupations: moving.map(() => 0) };
  }
  const { modes, field } = minimalForm(model);
  if (form === "minimal") return { modes, field, occupations: modes.map(() => 0) };
  const joined = thermalOscillators(modes);
  return { modes: joined, field, occupations: joined.map(({ ratio }) => ratio / (1 - ratio)) };
}

/** For solvers with Fock states. Throws RefusedHandoverError. */
export function handover(model: Model, options: HandoverOptions, choice: TimeChoice = "model"): Handover {
  const { modes, field, occupations } = oscillators(model, options.form);
  const ratios = occupations.map((n) => n / (n + 1));
  const fewest = ratios.map(
    (x) => 4 + (x === 0 ? 0 : Math.ceil(Math.log(negligibleStart * options.tolerance) / Math.log(x))),
  );
  // The reference may take long.
  requireSmallest({ hamiltonian: model.system.hamiltonian, mostStates: options.mostStates, fewest });
  const system = handedSystem(model, options, choice);
  const fields = handedFields(field, system);
  const { levels, deviation } = chooseBox({
    hamiltonian: system.hamiltonian,
    modes,
    field: fields.map(({ operator }) => operator),
    points: fieldPoints(fields.map(({ nodes }) => nodes)),
    starts: (counts) => starts(system.state, ratios, counts, negligibleStart * options.tolerance),
    fewest,
    reference: system.reference,
    tolerance: options.tolerance,
    mostStates: options.mostStates,
    onProgress: options.onProgress,
  });
  return {
    ...system,
    form: options.form,
    modes: modes.map(({ frequency, coupling }: BosonMode, k) => {
      return { frequency, coupling, occupation: occupations[k], levels: levels[k] };
    }),
    field: fields,
    deviation,
  };
}

/** For hierarchical equations of motion. Throws RefusedHandoverError if F is no sum of Hermitian Q ⊗ X. */
export function hierarchyHandover(model: Model, options: HandoverOptions): HierarchyHandover {
  const { modes, field } = minimalForm(model);
  const baths = hermitianBaths(modes);
  if (isNotHermitian(baths)) {
    throw new RefusedHandoverError(
      `QuTiP's HEOM takes one Hermitian operator Q for each bath, V = Q ⊗ X, but at ω = ${baths.frequency} S couples through ` +
        "L a† + L† a with an L that no phase makes Hermitian (such as σ₋). QuTiP would not complain, and give wrong " +
        "numbers. Use --to qutip, which has the oscillators themselves.",
    );
  }
  if (baths.length === 0) {
    throw new RefusedHandoverError("no oscillator couples to S: there is nothing for a hierarchy. Use --to qutip.");
  }
  requireFewest({ hamiltonian: model.system.hamiltonian, baths, mostStates: options.mostStates });
  const system = handedSystem(model, options);
  const fields = handedFields(field, system);
  const { depth, deviation } = chooseDepth({
    hamiltonian: system.hamiltonian,
    state: system.state,
    baths,
    field: fields.map(({ operator }) => operator),
    points: fieldPoints(fields.map(({ nodes }) => nodes)),
    reference: system.reference,
    tolerance: options.tolerance,
    mostStates: options.mostStates,
    onProgress: options.onProgress,
  });
  return { ...system, baths, field: fields, depth, deviation };
}

function handedFields(field: readonly Matrix[], { reference, tolerance }: HandedSystem): HandedField[] {
  const time = Math.max(...reference.times);
  const fields = actingFields(field).map((operator) => {
    return { operator, nodes: fieldNodes(operator, time, 0.03 * tolerance) };
  });
  const points = fields.reduce((product, { nodes }) => product * nodes, 1);
  if (points > mostPoints) {
    const counts = fields.map(({ nodes }) => nodes).join(" × ");
    throw new RefusedHandoverError(
      `the average over ${fields.length} static fields takes ${counts} evolutions, more than ${mostPoints}. Give earlier ` +
        "--times or a larger --tolerance, or hand F over with --to json.",
      { tooLarge: true },
    );
  }
  return fields;
}

/** Eigenvectors of ρ_S times Fock states of the thermal modes. */
function starts(state: Matrix, ratios: readonly number[], levels: readonly number[], negligible: number): BoxStart[] {
  const bosons = ratios.reduce<{ weight: number; quanta: number[] }[]>(
    (list, x, k) =>
      list.flatMap(({ weight, quanta }) => {
        const normalisation = x === 0 ? 1 : (1 - x) / (1 - x ** levels[k]);
        const count = x === 0 ? 1 : levels[k];
        return Array.from({ length: count }, (_, n) => ({
          weight: weight * normalisation * x ** n,
          quanta: [...quanta, n],
        }));
      }),
    [{ weight: 1, quanta: [] }],
  );
  return eigenstates(state).flatMap(({ probability, ket }) =>
    bosons
      .filter(({ weight }) => weight * probability > 0.01 * negligible)
      .map(({ weight, quanta }) => ({ weight: weight * probability, system: ket, quanta })),
  );
}

/** The eigenvectors of a density matrix with a probability that is not zero, the most probable first. */
export function eigenstates(state: Matrix): { probability: number; ket: { re: Float64Array; im: Float64Array } }[] {
  const { values, vectors } = eigh(state);
  const n = state.rows;
  return [...values.keys()]
    .reverse()
    .filter((k) => values[k] > 1e-14)
    .map((k) => ({
      probability: Math.abs(values[k] - 1) < 1e-14 ? 1 : values[k],
      ket: {
        re: Float64Array.from({ length: n }, (_, i) => vectors.re[i * n + k]),
        im: Float64Array.from({ length: n }, (_, i) => vectors.im[i * n + k]),
      },
    }));
}
