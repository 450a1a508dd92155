/** Words of v_q and v_q†, the arguments of a correlation function. */

/** S_q(t) or S_q†(t). */
export interface Letter {
  /** q, from 1. */
  readonly coupling: number;
  readonly dagger: boolean;
  readonly time: number;
}

/** Operators in the order in which they are multiplied. */
export type Word = readonly Letter[];

/**
 * "1,1'" at times [0.5, 0] is the word v_1(0.5) v_1†(0): couplings from 1, a ' (or †) is the adjoint, letters apart by
 * commas or spaces. Throws RangeError if a letter is not understood, a coupling does not exist, or the times do not
 * match.
 */
export function parseWord(text: string, times: readonly number[], couplings: number): Word {
  const letters = text.split(/[\s,]+/).filter((letter) => letter !== "");
  if (letters.length !== times.length) {
    throw new RangeError(
      `a word needs one time for each letter, but "${text}" has ${letters.length} and there are ${times.length} times.`,
    );
  }
  return letters.map((letter, i) => {
    const match = /^(\d+)(['†]?)$/.exec(letter);
    if (match === null) {
      throw new RangeError(
        `"${letter}" is not a letter: write the number of a coupling, with ' for its adjoint: 1 or 1'.`,
      );
    }
    const coupling = Number(match[1]);
    if (coupling < 1 || coupling > couplings) {
      const known = couplings === 1 ? "there is only coupling 1" : `the couplings are numbered from 1 to ${couplings}`;
      throw new RangeError(`there is no coupling ${coupling}: ${known}.`);
    }
    if (!Number.isFinite(times[i]))
      throw new RangeError(`the time of letter ${i + 1} must be finite, but is ${times[i]}.`);
    return { coupling, dagger: match[2] !== "", time: times[i] };
  });
}
