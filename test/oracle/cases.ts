/** Reference cases in test/data/cases: results of another program, good to 1e-9 or better. */

import { readdirSync, readFileSync } from "node:fs";
import type { MatrixSeries } from "../../src/algebra/series.ts";
import { zeroSeries } from "../../src/algebra/series.ts";
import type { Model } from "../../src/model/types.ts";
import type { PlainModel, PlainSpec } from "./plainModel.ts";
import { asModel, fromSpec } from "./plainModel.ts";

type Pair = [number, number];

/** A file as it is. A matrix is the list of its entries [re, im], row after row. */
interface CaseFile {
  name: string;
  about: string;
  spec: PlainSpec;
  meanField: number[];
  spectrum: { energies: number[]; populations: number[] };
  modes: CaseMode[];
  minimalModes: number;
  limit: number[][];
  finite: { size: number; centred: boolean; rho: number[][] }[];
  correlations: CaseCorrelation[];
  twoPoint: { word: string; times: number[]; value: Pair }[];
  thirdMoment: number;
  expectedRate: "M^-1" | "M^-1/2";
  bipartite?: { negativity: number[]; concurrence: number[] };
  nondemolition?: {
    energies: number[];
    couplings: Pair[][];
    limit: number[][];
    finite: { size: number; factors: number[][] }[];
  };
}

/** (k,l) of (16), counted from 1, with p_k and the moduli of [v_q]_lk and [v_q]_kl for each q. */
export interface CaseMode {
  k: number;
  l: number;
  frequency: number;
  population: number;
  lower: number[];
  upper: number[];
}

/** The word of v_q (from 1) and v_q† (with '), its times, Wick's value and C_M. */
export interface CaseCorrelation {
  word: string;
  times: number[];
  wick: Pair;
  finite: Record<string, Pair>;
}

export interface Case extends Omit<CaseFile, "limit" | "finite" | "nondemolition"> {
  readonly plain: PlainModel;
  /** Offsets taken away. */
  readonly model: Model;
  /** ρ_S(t) for M = ∞. */
  readonly limit: MatrixSeries;
  /** ρ_S(t) for finite M, `model` being the one it belongs to: with the offsets kept where `centred` is false. */
  readonly finite: readonly { size: number; centred: boolean; model: Model; rho: MatrixSeries }[];
  /** D_mn(t), where S is diagonal. */
  readonly nondemolition?: { limit: MatrixSeries; finite: readonly { size: number; factors: MatrixSeries }[] };
}

const folder = new URL("../data/cases/", import.meta.url);

export const cases: readonly Case[] = readdirSync(folder).sort().map(read);

function read(file: string): Case {
  const content = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as CaseFile;
  const { spec, limit, finite, nondemolition, ...rest } = content;
  const plain = fromSpec(spec);
  const series = (rho: number[][]) => asSeries(plain.times, rho);
  const model = asModel(plain);
  const kept = asModel({ ...plain, center: "keep" });
  return {
    ...rest,
    spec,
    plain,
    model,
    limit: series(limit),
    finite: finite.map(({ size, centred, rho }) => ({
      size,
      centred,
      model: centred ? model : kept,
      rho: series(rho),
    })),
    ...(nondemolition === undefined
      ? {}
      : {
          nondemolition: {
            limit: series(nondemolition.limit),
            finite: nondemolition.finite.map(({ size, factors }) => ({ size, factors: series(factors) })),
          },
        }),
  };
}

function asSeries(times: readonly number[], rho: number[][]): MatrixSeries {
  const series = zeroSeries(times, Math.round(Math.sqrt(rho[0].length / 2)));
  rho.flat().forEach((value, at) => {
    (at % 2 === 0 ? series.re : series.im)[at >> 1] = value;
  });
  return series;
}
