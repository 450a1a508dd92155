/** Energies of one sector, in the place of its ρ_S(t): numbers that fill a square matrix row by row. */

import { zeroSeries } from "../../algebra/series.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import { diagonalMean, sparseMean } from "../../fock/means.ts";
import { applySparse, type ComplexVector, euclidean, rowSum, zeroVector } from "../../fock/sparse.ts";
import type { Model, Protocol, Size } from "../../model/types.ts";
import { ketsAlong } from "../controlled/alongWay.ts";
import { breaksOf } from "../controlled/driven.ts";
import { ketCarrier } from "../controlled/ketCarriers.ts";
import { waysThrough } from "../controlled/schedule.ts";
import { windowAt } from "../controlled/taylorWindows.ts";
import { problemOf } from "../evolve.ts";
import { samplePlaces } from "../sampleTimes.ts";
import { evolutionOf } from "../sector/evolutionOf.ts";
import { type EvolutionInfo, emptyInfo, proveAt } from "../sector/problem.ts";
import { denseKet, ketAt, type SparseKet } from "../sector/sparseKet.ts";
import { returningFlux } from "../spectral/returnBound.ts";
import { type Expansion, expand, propagate, spectralRounding, spectrum } from "../spectral/spectral.ts";
import { leakRates, type SpectralLeak, spectralLeak } from "../spectral/spectralLeak.ts";
import { spectralMeans } from "../spectral/spectralMeans.ts";
import { inTime, type Propagator } from "../stage/propagator.ts";
import { DrivenBounds } from "./drivenBounds.ts";
import { energyBeyond, energyMagnitudes, provedInAverages } from "./energyAverages.ts";
import { energyBounds } from "./energyBounds.ts";
import {
  addErrors,
  columnsOf,
  type Driven,
  type Own,
  onlookerFor,
  type Put,
  putEntry,
  worstOf,
} from "./energyColumns.ts";
import { decaying } from "./energyDecay.ts";
import { EnergyLedger, swing } from "./energyLedger.ts";
import { type EnergyParts, energyParts, largest } from "./energyParts.ts";
import { EnergyProof } from "./energyProof.ts";
import { energyReturn } from "./energyReturn.ts";
import { boundsInUnit, energyFarOff, energyUnit, partsInUnit } from "./energyUnit.ts";
import type { Experiment } from "./experiment.ts";
import { secondsOfEnergies } from "./experimentSeconds.ts";
import { uniformMeanField } from "./meanFieldEnergy.ts";

export function accounting(model: Model, size: Size): Experiment {
  const columns = columnsOf(model);
  const dimension = Math.ceil(Math.sqrt(columns.count));
  const unit = energyUnit(model, size);
  const uniform = uniformMeanField(model, size);
  return {
    asked: { kind: "energies", model, size },
    dimension,
    unit,
    reservoirsApart: true,
    averagedSince: provedInAverages(model) ? 0 : null,
    farOff: energyFarOff(model, size, unit),
    secondsOf: (choice, shape, kets) => secondsOfEnergies(choice, shape, kets, columns.count),
    magnitudes: (family) => energyMagnitudes(model, family, unit),
    beyond: (family, averaged) => energyBeyond(model, size, family, averaged, { unit, ...columns }),
    evolve: (space, h, kets, times, propagator, wanted) => {
      const problem = problemOf(space, h, kets, times, wanted.bound === true, !inTime(propagator));
      const parts = partsInUnit(energyParts(model, size, space, h, problem), unit);
      const numbers = zeroSeries(times, dimension);
      const put: Put = (place, column, value) => {
        numbers.re[place * dimension ** 2 + column] += value;
      };
      const { protocol } = model;
      const decays = protocol !== undefined && protocol.decays.length > 0;
      const scale = decays ? scaleOf(parts, protocol, times) : 0;
      const factors = decays
        ? { leak: scale, propagation: scale, squared: () => scale }
        : boundsInUnit(energyBounds(model, h, problem, uniform), unit);
      const sharp = sharpened(propagator, factors.propagation);
      const own = { problem, parts, columns, put, wanted, factors, numbers };
      if (protocol === undefined) {
        return evolutionOf(
          numbers,
          propagator.kind === "spectral" ? diagonalised(own) : alongWays(own, nothingDone, sharp),
        );
      }
      const still = () => boundsInUnit(energyBounds({ ...model, protocol: nothingDone }, h, problem, uniform), unit);
      const norms = protocol.drives.map(({ operator }) => spectralNorm(operator) / unit);
      const driven = { still, norms };
      const balanced = protocol.drives.length > 0 ? driven : null;
      const info = decays ? decaying(own, protocol, sharp, driven) : alongWays(own, protocol, sharp, balanced);
      return evolutionOf(numbers, info);
    },
  };
}

/** Errors of a number for an error of the state: twice the norm of what the mean is taken of, or of its integral. */
function scaleOf(parts: EnergyParts, protocol: Protocol | undefined, times: readonly number[]): number {
  const sizes = parts.drives.map(rowSum);
  const swings = (protocol?.drives ?? []).map((drive) => swing(drive, times));
  const most = (norms: readonly number[]) => norms.reduce((sum, norm, j) => sum + norm * swings[j].largest, 0);
  const system = rowSum(parts.system) + most(sizes);
  const interaction = rowSum(parts.interaction);
  const work = sizes.reduce((sum, size, j) => sum + size * swings[j].variation, 0);
  const pulses = 2 * (protocol?.pulses.length ?? 0) * (system + interaction);
  const [lost = 0, ...lostOfDrives] = parts.decay.map(rowSum);
  const decay = farthestOf(times) * (lost + most(lostOfDrives));
  return 2 * Math.max(system, interaction, ...parts.heat.map(largest), work, pulses, decay);
}

/** Where a number magnifies the errors of kets, these are made smaller. */
function sharpened(propagator: Propagator, scale: number): Propagator {
  if (propagator.kind === "spectral") return propagator;
  return { ...propagator, tolerance: propagator.tolerance / Math.max(1, scale) };
}

/** From pairs of eigenvectors. */
function diagonalised(own: Own): EvolutionInfo {
  const { problem, parts, columns, put, wanted, factors } = own;
  const { basis, matrix, subspaces, leak, weights, times } = problem;
  const whole = spectrum(matrix, subspaces);
  const expansions = problem.kets.map((ket) => expand(whole, ket));
  const operators = [parts.system, parts.interaction, ...parts.heat];
  const means = spectralMeans(whole, expansions, weights, operators, times);
  const before = operators.map((_, c) =>
    c < columns.heat ? 0 : mixedMean(parts.heat[c - columns.heat], problem.kets, weights),
  );
  means.forEach((values, c) => {
    for (let t = 0; t < times.length; t++) put(t, c, values[t] - before[c]);
  });
  const { populations, look } = onlookerFor(problem, wanted.lookAt ?? []);
  const info = emptyInfo(() => populations.filling());
  const leaks = leak === null ? null : spectralLeak(leak, whole);
  const cost = leaks === null ? null : costsOf(own, expansions, leaks);
  const watched = samplePlaces(times, 12);
  const seen = [...new Set([...watched, ...(wanted.lookAt ?? [])])];
  let proved = 0;
  expansions.forEach((expansion, k) => {
    const ket = zeroVector(basis.dimension * seen.length);
    const moments = seen.map((place) => times[place]);
    propagate(expansion, moments, ket.re, ket.im);
    look(ket, seen, weights[k]);
    let image = 0;
    for (let t = 0; t < seen.length; t++) image = Math.max(image, largestImage(parts, ketAt(ket, t, seen.length)));
    const rounding = spectralRounding(whole.blocks, farthestOf(times));
    // |⟨ψ|A|ψ⟩ − ⟨φ|A|φ⟩| ≤ 2 ‖Aφ‖ ‖ψ − φ‖ but for the square of it; ‖Aφ‖ at other times is taken to be no more than twice this.
    info.propagation += weights[k] * rounding * Math.min(factors.propagation, 4 * image);
    proved += weights[k] * rounding * factors.propagation;
  });
  info.leaked = cost?.reduce((most, x) => Math.max(most, x), 0) ?? 0;
  info.boundAt = () => Float64Array.from(times, (_, t) => proved + (cost?.[t] ?? 0));
  return info;
}

/** What is proved of the cutoff at each of the times: of first order in what leaks, or of second. */
function costsOf(
  { problem, parts, factors }: Own,
  expansions: readonly (readonly Expansion[])[],
  leaks: SpectralLeak,
): Float64Array {
  const { basis, weights, times } = problem;
  const flux = returningFlux({ basis, leaks, expansions, weights }, farthestOf(times));
  const along = [-1, 1].map((end) => flux.squares(end));
  const rates = leakRates(leaks, expansions);
  const errors = expansions.map((expansion, k) =>
    energyReturn(parts, basis, flux, expansion, rates[k], factors.squared),
  );
  return Float64Array.from(times, (t) =>
    errors.reduce((sum, error, k) => {
      const way = Math.abs(t);
      const leaked = Math.min(rates[k] * way, Math.sqrt(way * along[t < 0 ? 0 : 1][k]));
      return sum + weights[k] * Math.min(factors.leak * leaked, error(way, leaked));
    }, 0),
  );
}

/** Σ weight ⟨φ|D|φ⟩ of the kets as they start. */
function mixedMean(d: Float64Array, kets: readonly SparseKet[], weights: readonly number[]): number {
  let sum = 0;
  kets.forEach(({ states, re, im }, k) => {
    states.forEach((i, a) => {
      sum += weights[k] * d[i] * (re[a] * re[a] + im[a] * im[a]);
    });
  });
  return sum;
}

/** The largest ‖Aφ‖ of the parts of the energy. */
function largestImage(parts: EnergyParts, ket: ComplexVector): number {
  const image = zeroVector(ket.re.length);
  const norms = [parts.system, parts.interaction].map((a) => {
    applySparse(a, ket, image);
    return euclidean(image);
  });
  const diagonals = parts.heat.map((d) => Math.hypot(...[ket.re, ket.im].map((x) => euclideanOf(x, d))));
  return Math.max(...norms, ...diagonals);
}

function euclideanOf(x: Float64Array, d: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (d[i] * x[i]) ** 2;
  return Math.sqrt(sum);
}

/** Puts down E_S, drives left out, ⟨V⟩ and the heats of a ket that started from another. */
function showing({ parts, columns, put }: Own, first: ComplexVector, weight: number) {
  const before = parts.heat.map((energy) => diagonalMean(energy, first, 1)[0]);
  return (ket: ComplexVector, places: readonly number[]) => {
    const width = places.length;
    const values = [
      sparseMean(parts.system, ket, width),
      sparseMean(parts.interaction, ket, width),
      ...parts.heat.map((energy, g) => diagonalMean(energy, ket, width).map((value) => value - before[g])),
    ];
    const into = [columns.system, columns.interaction, ...parts.heat.map((_, g) => columns.heat + g)];
    places.forEach((place, t) => {
      values.forEach((one, c) => {
        put(place, into[c], weight * one[t]);
      });
    });
  };
}

const nothingDone: Protocol = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 0, most: 0, always: false },
};

/** Kets under pulses and drives, or left alone. */
function alongWays(own: Own, protocol: Protocol, propagator: Propagator, driven: Driven | null = null): EvolutionInfo {
  const { problem, parts, columns, put, wanted, factors } = own;
  const { basis, weights, times } = problem;
  const carrier = ketCarrier(problem, protocol, propagator, farthestOf(times), {
    enough: (wanted.enough ?? 0) / factors.leak,
  });
  const { populations, look } = onlookerFor(problem, wanted.lookAt ?? []);
  const info = emptyInfo(() => populations.filling());
  const drivesOf = (ket: ComplexVector) => parts.drives.map((a) => sparseMean(a, ket, 1)[0]);
  const still = (ket: ComplexVector) => sparseMean(parts.system, ket, 1)[0] + sparseMean(parts.interaction, ket, 1)[0];
  const ways = waysThrough(protocol, times, breaksOf(protocol));
  const layers = wanted.bound === true ? problem.layers() : null;
  const bounds = wanted.bound === true && driven !== null ? new DrivenBounds(times.length) : null;
  const errorFactors = bounds === null || driven === null ? factors : driven.still();
  const boundAt = new Float64Array(times.length);
  problem.kets.forEach((start, k) => {
    const first = denseKet(start, basis.dimension);
    const show = showing(own, first, weights[k]);
    const errors = ways.map((way) => {
      const provable = layers !== null || bounds !== null;
      const proof = provable ? new EnergyProof(layers, problem, parts, errorFactors, first) : null;
      const size = (t: number) => ledger.driveAt(t, driven?.norms ?? []);
      const ledger = new EnergyLedger(protocol.drives);
      return ketsAlong(way, [first], carrier, problem, {
        begin: ([ket], piece) => ledger.begin(piece, drivesOf(ket)),
        window: (window) => ledger.enter(window, (x) => drivesOf(windowAt(window, x)), null),
        pulse: ([before], [after], { to }) => {
          ledger.kick(to, still(before), still(after), drivesOf(before), drivesOf(after));
          proof?.pulse(before, after, size(to));
        },
        errors: (place, [error]) => {
          if (bounds !== null && proof !== null) {
            bounds.add(place, weights[k], proof.partsAt(times[place], place, error, size(times[place])));
            return;
          }
          boundAt[place] +=
            weights[k] *
            (proof?.at(times[place], place, error) ??
              factors.leak * error.leaked + factors.propagation * error.propagation);
        },
        ended: (to, [error]) => proof?.advance(to, error),
        show: ([ket], places) => {
          show(ket, places);
          proof?.see(ket, places);
          look(ket, places, weights[k]);
          places.forEach((place, t) => {
            const means = parts.drives.length === 0 ? [] : drivesOf(ketAt(ket, t, places.length));
            if (columns.count > columns.work) putEntry(put, columns, place, weights[k], ledger.at(times[place], means));
          });
        },
      }).errors[0];
    });
    addErrors(info, weights[k], factors, worstOf(errors));
  });
  if (wanted.bound === true) proveAt(info, bounds?.all(own) ?? boundAt);
  return info;
}
