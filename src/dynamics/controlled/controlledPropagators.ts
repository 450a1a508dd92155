/** Which propagator a space asks for where something is done to S from outside, what it will cost, and why it is taken. */

import { farthestOf, spanOf } from "../../algebra/timeParts.ts";
import { envelopeAt } from "../../model/envelope.ts";
import { envelopeWalk } from "../../model/envelopeRemainder.ts";
import type { Protocol } from "../../model/types.ts";
import { bytesText } from "../bytesText.ts";
import { density, krylovWindows, spectral, taylor, trajectories } from "../stage/propagator.ts";
import {
  type PropagatorChoice,
  type SpaceShape,
  secondsPerCube,
  secondsPerEntry,
  secondsPerFlop,
} from "../stage/propagators.ts";
import { heldDensities } from "./decaying.ts";
import { largestEigenvalue, lossOperator } from "./ketGenerator.ts";
import { vectorsHeld } from "./ketWindows.ts";
import { firstBatch } from "./trajectories.ts";

const krylovDimension = 32;

/** Seconds of a term in the series of a joint density matrix beside arithmetic; operations for each product of its entries. */
const termOfDensity = 12e-6;
const productOfDensity = 1.2;

/** Terms of a Taylor window, and the length of one times ‖G‖. */
const windowTerms = 31;
const windowPhase = 5;

/** What decays fast has soon faded: windows are longer by its inverse than its rate, as a part of ‖G‖, would let them be. */
const faded = 0.2;

/** A sector whose density matrix takes longer than this, and longer than trajectories, is done by these. */
const patience = 30;

/** Shares of the tolerance: of propagators; of the statistical error of trajectories, which is the dearest. */
const propagationShare = 0.03;
/** Of a ket in Taylor windows, an error in whose norm counts twice in entries of ρ_S. */
const ketShare = propagationShare / 2;
const samplingShare = 0.5;

/** `whole`: the joint density matrix itself is asked for, however long it takes, if it fits. */
export function chooseControlled(
  protocol: Protocol,
  shape: SpaceShape,
  kets: number,
  times: readonly number[],
  tolerance: number,
  memory: number,
  whole = false,
): PropagatorChoice {
  if (protocol.decays.length > 0) return chooseForDecay(protocol, shape, kets, times, tolerance, memory, whole);
  if (protocol.drives.length === 0) return chooseForPulses(protocol, shape, kets, times, propagationShare * tolerance);
  const { rows } = shape;
  const seconds =
    kets * ketSeconds(protocol, shape, times) + secondsPerFlop * 8 * windowTerms * kets * times.length * rows;
  return {
    propagator: taylor(ketShare * tolerance),
    seconds,
    bytes: ketBytes(shape),
    why: protocol.pulses.length > 0 ? "driven and pulsed, Taylor windows" : "driven, Taylor windows",
  };
}

/** Time that all ways take together, and how often they stop. */
function wayLengths({ pulses, scan }: Protocol, times: readonly number[]): { length: number; stops: number } {
  const farthest = farthestOf(times);
  if (!scan) return { length: farthest, stops: pulses.filter(({ at }) => Math.abs(at) <= farthest).length + 1 };
  return { length: times.reduce((sum, t) => sum + t, 0), stops: times.length * (pulses.length + 1) };
}

function chooseForPulses(
  protocol: Protocol,
  shape: SpaceShape,
  kets: number,
  times: readonly number[],
  tolerance: number,
): PropagatorChoice {
  const { rows, entries, squares, cubes, radius } = shape;
  const arithmetic = shape.real ? 1 : 3;
  const { length, stops } = wayLengths(protocol, times);
  const shown = times.length + 3 * stops;
  // Where much leaks it is followed on every piece, at 16 moments of each window; out of large spaces little does.
  const windowsOfPiece = Math.min(24, 1 + (2 * radius * length) / (8 * stops));
  const leaks = kets * stops * 16 * windowsOfPiece * Math.min(100, Math.sqrt(squares)) * (10 + 2 * shape.system);
  const dense =
    secondsPerCube * arithmetic * cubes + secondsPerFlop * (arithmetic * kets * shown * 4 * squares + leaks);
  const applications = kets * (krylovDimension * 0.5 * stops + 0.8 * length * radius);
  const perApplication = secondsPerEntry * entries + secondsPerFlop * 24 * rows + 12e-6;
  const windows = applications * perApplication + kets * shown * rows * 8 * krylovDimension * secondsPerFlop;
  const how = protocol.scan ? "each time an experiment of its own" : "from pulse to pulse";
  return dense <= windows
    ? {
        propagator: spectral(),
        seconds: dense + kets * stops * (besideStop.each + besideStop.ofState * rows),
        bytes: 16 * arithmetic * squares + 4096 * rows,
        why: `diagonalised, ${how}`,
      }
    : {
        propagator: krylovWindows({ dimension: krylovDimension, tolerance }),
        seconds: windows,
        bytes: 16 * vectorsHeld(krylovDimension) * rows + shape.stored,
        why: `Krylov windows, ${how}`,
      };
}

/** Seconds between two pulses beside arithmetic, and those for each joint state: what small spaces mostly take (measured). */
const besideStop = { each: 3e-4, ofState: 8e-6 };

/** Polynomials by which an envelope is tried; beyond these it is taken to go on as it has. */
const mostTried = 1000;

/** Windows that drives ask for: so that polynomials follow their envelopes, and for what they turn S by. */
function windowsOfDrives(protocol: Protocol, times: readonly number[]): number {
  const ends = spanOf(times).filter((end) => end !== 0);
  const farthest = farthestOf(times);
  const ways = protocol.scan && farthest > 0 ? wayLengths(protocol, times).length / farthest : 1;
  let windows = 0;
  for (const { operator, envelope } of protocol.drives) {
    const size = largestEigenvalue(operator);
    for (const end of ends) {
      const limits = { degree: windowTerms - 1, most: mostTried, shortest: 0 };
      const tried = envelopeWalk(envelope, 0, end, limits).times;
      let turned = 0;
      for (let k = 1; k < tried.length; k++) {
        const middle = 0.5 * (tried[k - 1] + tried[k]);
        const strength = [tried[k - 1], middle, tried[k]].map((t) => Math.abs(envelopeAt(envelope, t, middle)));
        turned += (Math.abs(tried[k] - tried[k - 1]) * (strength[0] + 4 * strength[1] + strength[2])) / 6;
      }
      const share = Math.abs(tried[tried.length - 1] / end);
      windows += (tried.length + (size * turned) / windowPhase) / share;
    }
  }
  return ways * windows;
}

/** Of a ket in Taylor windows. */
function ketBytes({ rows }: SpaceShape): number {
  return 16 * (windowTerms + 12) * rows;
}

/** Seconds to take one ket along all ways by Taylor windows. */
function ketSeconds(protocol: Protocol, { rows, entries, radius }: SpaceShape, times: readonly number[]): number {
  const { length, stops } = wayLengths(protocol, times);
  const windows =
    (length * (radius + faded * lossRate(protocol))) / windowPhase + stops + windowsOfDrives(protocol, times);
  // A term is multiplied, added up for the leak and at the times, and has a cost of its own.
  const mixing = protocol.drives.length * 0.5 * windowTerms ** 2 * 4 * rows * secondsPerFlop;
  return windows * (windowTerms * (secondsPerEntry * entries + secondsPerFlop * 40 * rows + 3e-6) + mixing);
}

function chooseForDecay(
  protocol: Protocol,
  shape: SpaceShape,
  kets: number,
  times: readonly number[],
  tolerance: number,
  memory: number,
  whole: boolean,
): PropagatorChoice {
  const { rows, entries, radius } = shape;
  const { seed, most, always } = protocol.trajectories;
  const { length, stops } = wayLengths(protocol, times);
  const turning = 2 * radius + 4 * faded * lossRate(protocol);
  const windows = (length * turning) / windowPhase + stops + 2 * windowsOfDrives(protocol, times);
  // Measured over spaces of 14 to 48 states, and of 330.
  const perTerm =
    termOfDensity + rows * (entries + (4 + 4 * protocol.decays.length) * rows) * productOfDensity * secondsPerFlop;
  const exact = {
    seconds: windows * windowTerms * perTerm * (1 + protocol.drives.length),
    bytes: 16 * heldDensities * rows * rows,
  };
  const count = Math.min(most, Math.max(64, 1 / (samplingShare * tolerance) ** 2));
  const sampled = {
    evolutions: count,
    seconds: count * 1.5 * ketSeconds(protocol, shape, times),
    bytes: ketBytes(shape),
  };
  const fits = exact.bytes <= 0.9 * memory;
  const room = bytesText(exact.bytes);
  if (!always && fits && (whole || exact.seconds <= patience || exact.seconds <= sampled.seconds)) {
    return {
      propagator: density(propagationShare * tolerance),
      ...exact,
      why: `decaying, joint density matrix by Taylor windows (it fits: ${room})`,
    };
  }
  const reason = always
    ? "asked for"
    : fits
      ? `the density matrix would take about ${Math.round(exact.seconds)} s a sector`
      : `the density matrix would take ${room}`;
  return {
    propagator: trajectories({
      tolerance: propagationShare * tolerance,
      accuracy: samplingShare * tolerance,
      varied: kets > 1 ? 1 : Math.min(1, jumpsOf(protocol, farthestOf(times))),
      seed,
      most,
    }),
    ...sampled,
    why: `decaying, quantum trajectories with seed ${seed} (${reason})`,
  };
}

/** Seconds of a joint density matrix beyond which a few trajectories are looked at instead: its proof takes many times as long. */
const glanceAtDensity = 0.006;
/** And seconds of these. */
const glance = 0.05;
/** With its jumps and what is shown of it a trajectory takes so many times what its windows take. */
const besideWindows = 4;
/** Fewer trajectories than this show no mixture. */
const fewestGlances = 4;

/**
 * The same where only the filling of the space is looked at: a few trajectories, as many as take no longer than a glance, instead
 * of many or of a joint density matrix that would take long. They show within a factor how full a shell is, which moves a cutoff little.
 */
export function glanceFor(
  protocol: Protocol,
  shape: SpaceShape,
  times: readonly number[],
  tolerance: number,
  choice: PropagatorChoice,
): PropagatorChoice {
  const { kind } = choice.propagator;
  if (kind !== "trajectories" && (kind !== "density" || choice.seconds <= glanceAtDensity)) return choice;
  const each = besideWindows * ketSeconds(protocol, shape, times);
  const count = Math.max(fewestGlances, Math.min(firstBatch, Math.floor(glance / each)));
  return {
    propagator: trajectories({
      ...{ tolerance: propagationShare * tolerance, accuracy: 1, varied: 1, seed: protocol.trajectories.seed },
      most: count,
    }),
    seconds: count * each,
    evolutions: count,
    ...(kind === "density" ? { insteadOf: kind } : {}),
    bytes: ketBytes(shape),
  };
}

/** How many jumps come in so long a time, at most: S may stay where it decays fastest. */
function jumpsOf(protocol: Protocol, time: number): number {
  return 2 * lossRate(protocol) * time;
}

/** How fast kets of S shrink between jumps, at most. */
function lossRate({ decays }: Protocol): number {
  return decays.length === 0 ? 0 : largestEigenvalue(lossOperator(decays, decays[0].operator.rows));
}
