/**
 * The JSON Schema of a model file, for editors that complete and check while one writes. checkModel is what
 * decides.
 */

import { z } from "zod";
import { maxTimes } from "./schedule.ts";
import {
  centerChoices,
  defaults,
  formChoices,
  hcChoices,
  lawChoices,
  sequenceChoices,
  spreadChoices,
  windowChoices,
} from "./spec.ts";
import { mostValues } from "./spread.ts";
import { maxDimension } from "./value.ts";

const operator = () => z.union([z.string(), z.number(), z.array(z.union([entry(), z.array(entry())]))]);
const entry = () => z.union([z.number(), z.string(), z.tuple([z.number(), z.number()])]);
const number = () => z.union([z.number(), z.string()]);

const dims = z
  .union([z.int().min(2).max(maxDimension), z.array(z.int().min(2).max(maxDimension)).min(1)])
  .optional()
  .describe("Dimension, or those of the parts, the first being the slowest index: 2, or [2, 2].");

function part(state: string) {
  return {
    dims,
    hamiltonian: operator().describe("Hermitian operator: an expression such as 0.5 * sigmaz, or rows of entries."),
    state: operator().describe(state),
  };
}

const count = () => z.int().min(1).max(mostValues).optional();

const spread = z
  .strictObject({
    of: z.enum(spreadChoices).describe("What differs from site to site: a factor on v, or one on h."),
    law: z.enum(lawChoices).optional().describe("Distribution of the factor; or give values."),
    mean: number().optional().describe("Mean of the factor; default 1."),
    deviation: number().optional().describe("normal: the standard deviation."),
    width: number().optional().describe("uniform: the whole width; lorentzian: the full width at half maximum."),
    cut: number().optional().describe("How far from the mean the factor may be; lorentzian needs it."),
    quantiles: count().describe("Number of values, with equal shares."),
    nodes: count().describe("Number of values, with the shares of a Gauss rule; chosen if neither is given."),
    values: z
      .array(z.strictObject({ value: number(), share: number() }))
      .min(1)
      .max(mostValues)
      .optional(),
  })
  .optional()
  .describe("How sites of this kind differ from each other.");

const site = { ...part("State of every site; it must commute with hamiltonian."), spread };

const sizes = () =>
  z
    .union([number(), z.array(number()).min(1)])
    .optional()
    .describe("How many sites: whole numbers, and inf for the limit; default [inf].");

const coupling = z.strictObject({
  system: operator().describe("G, an operator on S."),
  site: operator().describe("v, an operator on one site."),
  hc: z
    .enum(hcChoices)
    .optional()
    .describe("added (default): G ⊗ v + H.c.; included: G ⊗ v is Hermitian already and is taken once."),
});

const couplings = () => z.array(coupling).min(1).describe("V = M^(-1/2) Σ_m Σ_q G_q ⊗ v_q + H.c.");

const times = () =>
  z
    .union([
      z.strictObject({
        from: number().optional().describe(`Default ${defaults.from}.`),
        to: number(),
        points: z
          .int()
          .min(1)
          .max(maxTimes)
          .optional()
          .describe(`How many, both ends included; default ${defaults.points}.`),
      }),
      z.array(number()).min(1),
    ])
    .optional()
    .describe("{ from, to, points } or a list, in any order, negative ones too.");

const own = { sizes: sizes(), tolerance: number().optional() };

const ask = (command: string) =>
  z
    .strictObject({ times: times(), ...own })
    .optional()
    .describe(`What \`${command}\` takes in the place of the model's times, sizes and tolerance.`);

const pulse = z.strictObject({
  at: number().optional().describe("When it comes."),
  fraction: number()
    .optional()
    .describe("Instead of at: each of `times` is an experiment, and the pulse comes at this share of it, from 0 to 1."),
  unitary: operator().optional().describe("The unitary on S."),
  rotate: operator().optional().describe("Instead of unitary: G of exp(-i angle G)."),
  angle: number().optional(),
});

const sequence = z.strictObject({
  sequence: z.enum(sequenceChoices),
  count: z.int().min(1).optional().describe("π pulses of cpmg, blocks of eight of xy8; default 1."),
  duration: number().optional().describe("Left out: each of `times` is an experiment that takes so long."),
  halves: z.boolean().optional().describe("π/2 pulses about x at both ends; default true for ramsey, else false."),
  x: operator().optional().describe("Generator of rotations about x; for a qubit 0.5 * sigmax."),
  y: operator().optional().describe("Generator of rotations about y; for a qubit 0.5 * sigmay."),
});

const drive = z.strictObject({
  operator: operator().describe("Hermitian A of the term f(t) A."),
  envelope: number().optional().describe("f as an expression in t: 0.2 * cos(3 * t) * gaussian(t, 10, 2)."),
  table: z
    .array(z.array(number()).length(2))
    .min(1)
    .optional()
    .describe("Instead: points [t, f] with straight lines between, constant beyond."),
});

const decay = z.strictObject({
  operator: operator().optional().describe("L of a Lindblad term."),
  rate: number().optional(),
  T1: number().optional().describe("Of a qubit: up decays to down at the rate 1/T1."),
  T2: number().optional().describe("Of a qubit: its coherence falls like exp(-t/T2); at most 2 T1."),
  part: z.int().min(0).optional().describe("Of which part of S T1 and T2 are, from 0."),
});

/** The model file as zod sees it. */
export const modelFile = z
  .strictObject({
    name: z.string().optional(),
    description: z.string().optional(),
    system: z
      .strictObject(part("Ket or density matrix at time 0: plus, thermal(1), 0.7 * proj(up) + …"))
      .describe("S, the system that is kept."),
    reservoir: z.strictObject(site).optional().describe("One site of the reservoir, where there is one kind."),
    couplings: couplings().optional(),
    reservoirs: z
      .array(
        z.strictObject({
          ...site,
          couplings: couplings(),
          share: number().optional().describe("Of all M sites, that are of this kind."),
          sizes: sizes().describe(
            "Numbers of sites of this kind for each run, instead of share and the model's sizes.",
          ),
        }),
      )
      .min(1)
      .optional()
      .describe("Several kinds of sites, instead of reservoir and couplings."),
    center: z
      .enum(centerChoices)
      .optional()
      .describe("What to do about a mean field tr(ρ v) ≠ 0: error (default), subtract, or keep (finite sizes only)."),
    pulses: z
      .union([z.array(pulse), sequence])
      .optional()
      .describe("Instantaneous unitaries on S: a list, or a sequence by name."),
    drive: z.array(drive).optional().describe("Terms f(t) A of the Hamiltonian of S."),
    decay: z
      .union([z.array(decay), decay])
      .optional()
      .describe("Lindblad terms on S."),
    trajectories: z
      .strictObject({
        seed: z.int().min(0).optional().describe(`Default ${defaults.seed}.`),
        most: z.int().min(2).optional().describe(`Default ${defaults.trajectories}.`),
        always: z.boolean().optional().describe("Even where the density matrix fits; default false."),
      })
      .optional()
      .describe("Quantum trajectories, for decay whose density matrix does not fit."),
    form: z
      .enum(formChoices)
      .optional()
      .describe("The form of F in which the limit is run, certified where it leaves something out; default auto."),
    times: times(),
    sizes: sizes(),
    mean_field: z.boolean().optional().describe("Also run the mean-field scaling 1/M of the coupling; default false."),
    observe: z
      .record(z.string(), operator())
      .optional()
      .describe("By name: an operator A for tr(A ρ_S(t)), or a measure such as purity()."),
    tolerance: number().optional().describe(`Accuracy of every entry of ρ_S(t); default ${defaults.tolerance}.`),
    memory: ask("bosonize memory"),
    spectrum: z
      .strictObject({
        of: operator().describe("A of <A(t+τ) B(t)>, an operator on S."),
        after: operator().describe("B, which acts on S at t."),
        at: number().optional().describe("t; default 0."),
        delays: times(),
        window: z.enum(windowChoices).optional().describe("What C(τ) is multiplied with; default hann."),
        ...own,
      })
      .optional()
      .describe("What `bosonize spectrum` computes."),
    energies: ask("bosonize energies"),
  })
  .describe("A model for bosonize; docs/model-file.md explains it.")
  .refine(
    ({ reservoir, couplings, reservoirs }) =>
      reservoirs === undefined ? reservoir !== undefined && couplings !== undefined : !reservoir && !couplings,
    "either reservoir and couplings, or reservoirs",
  );

/** JSON Schema (draft 2020-12) of a model file. */
export function modelJsonSchema(): Record<string, unknown> {
  const either = [
    { required: ["reservoir", "couplings"], not: { required: ["reservoirs"] } },
    { required: ["reservoirs"], properties: { reservoir: false, couplings: false } },
  ];
  return { ...z.toJSONSchema(modelFile), anyOf: either, title: "bosonize model" };
}
