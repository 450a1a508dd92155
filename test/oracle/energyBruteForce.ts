/** Energies of S, of the interaction and of the sites on the full tensor product of S and its sites. */

import { type Matrix, zeros } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { tensor, totalHamiltonian } from "./bruteForce.ts";
import { factor, type Ket } from "./cholesky.ts";
import { taylorEvolve } from "./taylor.ts";

export interface SlowEnergies {
  readonly system: Float64Array;
  readonly interaction: Float64Array;
  /**
   * By reservoir and |E_l − E_k|, "0: 1.200000000", of sites that started in level k and are in l: h and ρ must be
   * diagonal.
   */
  readonly heat: ReadonlyMap<string, Float64Array>;
}

export function transitionKey(reservoir: number, frequency: number): string {
  return `${reservoir}: ${frequency.toFixed(9)}`;
}

/** `numbers`: how many sites each reservoir has. */
export function energyBruteForce(model: Model, size: number, numbers: readonly number[] = [size]): SlowEnergies {
  const { times } = model;
  const { apply, normBound, rest } = totalHamiltonian(model, size, numbers);
  const parts = (hamiltonian: Matrix, coupled: boolean) =>
    totalHamiltonian(
      {
        ...model,
        system: { ...model.system, hamiltonian },
        reservoirs: model.reservoirs.map(({ site, couplings, ...more }) => ({
          ...more,
          site: { ...site, hamiltonian: zeros(site.dimension) },
          couplings: coupled ? couplings : [],
        })),
      },
      size,
      numbers,
    ).apply;
  const systemOnly = parts(model.system.hamiltonian, false);
  const interactionOnly = parts(zeros(model.system.dimension), true);
  const system = new Float64Array(times.length);
  const interaction = new Float64Array(times.length);
  const heat = new Map<string, Float64Array>();
  /** Sites from the last, which is the fastest index. */
  const sites = numbers.flatMap((count, r) => new Array<number>(count).fill(r)).reverse();
  for (const { ket: start, levels } of products(model, numbers)) {
    const begun = [...levels].reverse();
    taylorEvolve(apply, normBound, start, times, (t, psi) => {
      system[t] += mean(systemOnly, psi);
      interaction[t] += mean(interactionOnly, psi);
      for (let i = 0; i < model.system.dimension * rest; i++) {
        const population = psi.re[i] ** 2 + psi.im[i] ** 2;
        let index = i;
        sites.forEach((r, m) => {
          const { dimension: d, hamiltonian } = model.reservoirs[r].site;
          const now = index % d;
          index = Math.floor(index / d);
          const gained = hamiltonian.re[now * (d + 1)] - hamiltonian.re[begun[m] * (d + 1)];
          if (gained === 0) return;
          const key = transitionKey(r, Math.abs(gained));
          const values = heat.get(key) ?? new Float64Array(times.length);
          values[t] += population * gained;
          heat.set(key, values);
        });
      }
    });
  }
  return { system, interaction, heat };
}

function products(model: Model, numbers: readonly number[]): { ket: Ket; levels: number[] }[] {
  let all = factor(model.system.state).map((ket) => ({ ket, levels: [] as number[] }));
  numbers.forEach((count, r) => {
    const kinds = factor(model.reservoirs[r].site.state).map((ket) => ({
      ket,
      level: ket.re.findIndex((x, i) => x !== 0 || ket.im[i] !== 0),
    }));
    for (let m = 0; m < count; m++) {
      all = all.flatMap(({ ket, levels }) =>
        kinds.map((site) => ({ ket: tensor(ket, site.ket), levels: [...levels, site.level] })),
      );
    }
  });
  return all;
}

function mean(apply: (psi: Ket, out: Ket) => void, psi: Ket): number {
  const out = { re: new Float64Array(psi.re.length), im: new Float64Array(psi.re.length) };
  apply(psi, out);
  let sum = 0;
  for (let i = 0; i < out.re.length; i++) sum += psi.re[i] * out.re[i] + psi.im[i] * out.im[i];
  return sum;
}
