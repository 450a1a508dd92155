/**
 * The JSON Schema of a model file, for editors that complete and check while one writes. checkModel is what
 * decides.
 */

import { z } from "zod";
import { maxTimes } from "./schedule.ts";
import { centerChoices, defaults, formChoices, hcChoices } from "./spec.ts";
import { maxDimension } from "./value.ts";

const operator = () => z.union([z.string(), z.number(), z.array(z.union([entry(), z.array(entry())]))]);
const entry = () => z.union([z.number(), z.string(), z.tuple([z.number(), z.number()])]);
const number = () => z.union([z.number(), z.string()]);

const dims = z
  .union([z.int().min(2).max(maxDimension), z.array(z.int().min(2).max(maxDimension)).min(1)])
  .optional()
  .describe("Dimension, or those of the parts, the first being the slowest index: 2, or [2, 2].");

function part(of: string, state: string) {
  return z
    .strictObject({
      dims,
      hamiltonian: operator().describe("Hermitian operator: an expression such as 0.5 * sigmaz, or rows of entries."),
      state: operator().describe(state),
    })
    .describe(of);
}

const coupling = z.strictObject({
  system: operator().describe("G, an operator on S."),
  site: operator().describe("v, an operator on one site."),
  hc: z
    .enum(hcChoices)
    .optional()
    .describe("added (default): G ⊗ v + H.c.; included: G ⊗ v is Hermitian already and is taken once."),
});

const times = z
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

/** The model file as zod sees it. */
export const modelFile = z
  .strictObject({
    name: z.string().optional(),
    description: z.string().optional(),
    system: part(
      "S, the system that is kept.",
      "Ket or density matrix at time 0: plus, thermal(1), 0.7 * proj(up) + …",
    ),
    reservoir: part(
      "One site of the reservoir; all are alike.",
      "State of every site; it must commute with hamiltonian.",
    ),
    couplings: z.array(coupling).min(1).describe("V = M^(-1/2) Σ_m Σ_q G_q ⊗ v_q + H.c."),
    center: z
      .enum(centerChoices)
      .optional()
      .describe("What to do about a mean field tr(ρ v) ≠ 0: error (default), subtract, or keep (finite sizes only)."),
    form: z
      .enum(formChoices)
      .optional()
      .describe("The form of F in which the limit is run, certified where it leaves something out; default auto."),
    times,
    sizes: z
      .union([number(), z.array(number()).min(1)])
      .optional()
      .describe("How many sites: whole numbers, and inf for the limit; default [inf]."),
    mean_field: z.boolean().optional().describe("Also run the mean-field scaling 1/M of the coupling; default false."),
    observe: z
      .record(z.string(), operator())
      .optional()
      .describe("By name: an operator A for tr(A ρ_S(t)), or a measure such as purity()."),
    tolerance: number().optional().describe(`Accuracy of every entry of ρ_S(t); default ${defaults.tolerance}.`),
  })
  .describe("A model for bosonize; docs/model-file.md explains it.");

/** JSON Schema (draft 2020-12) of a model file. */
export function modelJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(modelFile), title: "bosonize model" };
}
