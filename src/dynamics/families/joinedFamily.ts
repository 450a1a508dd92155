/**
 * Several reservoirs at a finite size: a family of each, side by side. The sectors are the products of theirs, the modes
 * are those of all of them, and nothing couples one to the other but S.
 */

import { addTo, copy, type Matrix } from "../../algebra/matrix.ts";
import type { BosonHamiltonian, Hopping, Ladder, Oscillator } from "../../fock/hamiltonian.ts";
import type { Model, Size } from "../../model/types.ts";
import { alone } from "../../reservoir/alone.ts";
import type { Family } from "./family.ts";
import { heatOfAll } from "./heat.ts";
import type { FockStart } from "./start.ts";

/** The family that `make` makes of a single reservoir, for all reservoirs of a model of finite size. */
export function joinedFamily(model: Model, size: Size, make: (model: Model, size: Size) => Family): Family {
  const families = alone(model, size).map((one) => make(one.model, one.size));
  return families.length === 1 ? families[0] : joined(model.system.hamiltonian, families);
}

/** Families of Hamiltonians that share S, whose own part `system` (N × N) each of them contains. */
export function joined(system: Matrix, families: readonly Family[]): Family {
  const firstAxis = families.map((_, f) => families.slice(0, f).reduce((sum, { axes }) => sum + axes, 0));
  const own = (point: readonly number[], f: number) => point.slice(firstAxis[f], firstAxis[f] + families[f].axes);
  const groupCapacities = families.flatMap((family) =>
    originOf(family).groups.map((_, g) => family.groupCapacities?.[g] ?? family.capacity),
  );
  const heat = heatOfAll(families.map((family) => family.heat));
  const modes = families.map((family) => originOf(family).modes.length);
  return {
    path: wordsOf(families),
    axes: families.reduce((sum, { axes }) => sum + axes, 0),
    axis: (index, before) => {
      const f = firstAxis.findLastIndex((first, at) => first <= index && families[at].axes > 0);
      return families[f].axis(index - firstAxis[f], before.slice(firstAxis[f]));
    },
    hamiltonian: (point) =>
      sideBySide(
        system,
        families.map((family, f) => family.hamiltonian(own(point, f))),
      ),
    ...(families.some(({ density }) => density !== undefined) && {
      density: (point: readonly number[]) =>
        families.reduce((product, { density }, f) => product * (density?.(own(point, f)) ?? 1), 1),
    }),
    ...(families.some(({ starts }) => starts !== undefined) && {
      starts: (point?: readonly number[]) =>
        productStarts(
          families.map(
            ({ starts }, f) =>
              starts?.(point && own(point, f)) ?? [{ weight: 1, occupations: new Array(modes[f]).fill(0) }],
          ),
        ),
    }),
    ...(heat && { heat }),
    capacity: families.reduce((sum, { capacity }) => sum + capacity, 0),
    groupCapacities,
    exactSectors: families.reduce((product, { exactSectors }) => product * exactSectors, 1),
  };
}

function originOf(family: Family): BosonHamiltonian {
  return family.hamiltonian(new Array<number>(family.axes).fill(0));
}

function wordsOf(families: readonly Family[]): string {
  const paths = [...new Set(families.map(({ path }) => path))];
  return `${paths.join(" and ")}, of ${families.length} reservoirs`;
}

function sideBySide(system: Matrix, parts: readonly BosonHamiltonian[]): BosonHamiltonian {
  const sum = copy(system);
  const modes: Oscillator[] = [];
  const groups: BosonHamiltonian["groups"][number][] = [];
  const ladders: Ladder[] = [];
  const hoppings: Hopping[] = [];
  for (const [p, part] of parts.entries()) {
    addTo(sum, part.system);
    addTo(sum, system, -1);
    const [m, g] = [modes.length, groups.length];
    modes.push(...part.modes.map((mode) => ({ ...mode, group: mode.group + g, part: p })));
    groups.push(...part.groups);
    ladders.push(...part.ladders.map((ladder) => ({ ...ladder, mode: ladder.mode + m })));
    hoppings.push(...part.hoppings.map((hopping) => ({ ...hopping, to: hopping.to + m, from: hopping.from + m })));
  }
  return { dimension: system.rows, system: sum, modes, groups, ladders, hoppings };
}

function productStarts(lists: readonly (readonly FockStart[])[]): FockStart[] {
  return lists.reduce<FockStart[]>(
    (products, list) =>
      products.flatMap((one) =>
        list.map(({ weight, occupations }) => ({
          weight: one.weight * weight,
          occupations: [...one.occupations, ...occupations],
        })),
      ),
    [{ weight: 1, occupations: [] }],
  );
}
