/** Energies of S, of the interaction and of the sites on the full tensor product of S and its sites. */

import { zeros } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { tensor, totalHamiltonian } from "./bruteForce.ts";
import { factor, type Ket } from "./cholesky.ts";
import { taylorEvolve } from "./taylor.ts";

export interface SlowEnergies {
  readonly system: Float64Array;
  readonly interaction: Float64Array;
  /** By |E_l − E_k|, rounded to 9 digits, of sites that started in level k and are in l: h and ρ must be diagonal. */
  readonly heat: ReadonlyMap<string, Float64Array>;
}

export function energyBruteForce(model: Model, size: number): SlowEnergies {
  const { times } = model;
  const n = model.system.dimension;
  const [kind] = model.reservoirs;
  const d = kind.site.dimension;
  const { apply, normBound } = totalHamiltonian(model, size);
  const rest = d ** size;
  const none = zeros(n);
  const quiet = { ...kind, site: { ...kind.site, hamiltonian: zeros(d) } };
  const silent = { ...model, reservoirs: [quiet] };
  const interactionOnly = totalHamiltonian({ ...silent, system: { ...model.system, hamiltonian: none } }, size).apply;
  const systemOnly = totalHamiltonian({ ...model, reservoirs: [{ ...quiet, couplings: [] }] }, size).apply;
  const system = new Float64Array(times.length);
  const interaction = new Float64Array(times.length);
  const heat = new Map<string, Float64Array>();
  const levelEnergy = (k: number) => kind.site.hamiltonian.re[k * (d + 1)];
  for (const { ket: start, levels } of products(model, size)) {
    taylorEvolve(apply, normBound, start, times, (t, psi) => {
      system[t] += mean(systemOnly, psi);
      interaction[t] += mean(interactionOnly, psi);
      for (let i = 0; i < n * rest; i++) {
        const population = psi.re[i] ** 2 + psi.im[i] ** 2;
        for (let m = 0; m < size; m++) {
          const now = Math.floor(i / d ** (size - 1 - m)) % d;
          const gained = levelEnergy(now) - levelEnergy(levels[m]);
          if (gained === 0) continue;
          const key = Math.abs(gained).toFixed(9);
          if (!heat.has(key)) heat.set(key, new Float64Array(times.length));
          (heat.get(key) as Float64Array)[t] += population * gained;
        }
      }
    });
  }
  return { system, interaction, heat };
}

function products(model: Model, size: number): { ket: Ket; levels: number[] }[] {
  const sites = factor(model.reservoirs[0].site.state).map((ket) => ({
    ket,
    level: ket.re.findIndex((x, i) => x !== 0 || ket.im[i] !== 0),
  }));
  let all = factor(model.system.state).map((ket) => ({ ket, levels: [] as number[] }));
  for (let m = 0; m < size; m++) {
    all = all.flatMap(({ ket, levels }) =>
      sites.map((site) => ({ ket: tensor(ket, site.ket), levels: [...levels, site.level] })),
    );
  }
  return all;
}

function mean(apply: (psi: Ket, out: Ket) => void, psi: Ket): number {
  const out = { re: new Float64Array(psi.re.length), im: new Float64Array(psi.re.length) };
  apply(psi, out);
  let sum = 0;
  for (let i = 0; i < out.re.length; i++) sum += psi.re[i] * out.re[i] + psi.im[i] * out.im[i];
  return sum;
}
