/**
 * Threads that do the parts of one kernel together, in shared memory. The leader publishes a job, and everyone who is there takes
 * its parts one by one; nobody has to come, and whoever comes may leave between two parts. They spin while they wait, since a part
 * takes less than waking a thread does.
 */

import { type KernelExports, type KernelMemory, sharedKernels } from "./module.ts";
import { alone, mostParts, type PartExports, type PartKernel, type PartRunner, partKernels } from "./parts.ts";

/** What a thread needs to take part. It can be sent to one. */
export interface Invitation {
  readonly memory: KernelMemory;
  readonly words: SharedArrayBuffer;
  readonly numbers: SharedArrayBuffer;
}

/** Whole numbers that all threads see. */
const word = {
  /** The number of the job in its upper bits, the next part in the lowest eight: both are taken at once. */
  ticket: 0,
  /** Parts that are done. */
  done: 1,
  /** Threads that are here, and those of them that sleep. */
  present: 2,
  asleep: 3,
  /** 1 once the leader has no more jobs. */
  closed: 4,
  /** 1 where those who are here are wanted elsewhere. */
  recalled: 5,
  /** Parts done by others than the leader. */
  helped: 6,
  count: 16,
};

/** A job of which no part is left, or whose arguments are being written. */
const none = 255;

/** The numbers of a job: its kernel, parts, arguments of each; then what each part gives. */
const mostArguments = 28;
const argumentsFrom = 3;
const resultsFrom = argumentsFrom + mostParts * mostArguments;

/** Looks at the ticket, some 10 ns each, before a thread sleeps; and for how long it does, in milliseconds, if nobody wakes it. */
const looks = 30_000;
const longestSleep = 20;

/** The leader's side. */
export class Team {
  readonly invitation: Invitation;
  private readonly run: KernelExports;
  private readonly exports: PartExports;
  private readonly byLeader: PartRunner;
  private readonly words: Int32Array;
  private readonly numbers: Float64Array;
  private readonly patience = new Patience();
  private job = 0;

  /** Null where memory cannot be shared, as in pages that are not isolated from others. */
  static gather(): Team | null {
    const shared = sharedKernels();
    if (shared === null) return null;
    const words = new SharedArrayBuffer(4 * word.count);
    const numbers = new SharedArrayBuffer(8 * (resultsFrom + mostParts));
    return new Team(shared.run, { memory: shared.memory, words, numbers });
  }

  private constructor(run: KernelExports, invitation: Invitation) {
    this.run = run;
    this.exports = run as unknown as PartExports;
    this.byLeader = alone(this.exports);
    this.invitation = invitation;
    this.words = new Int32Array(invitation.words);
    this.numbers = new Float64Array(invitation.numbers);
    Atomics.store(this.words, word.ticket, none);
    Atomics.store(this.words, word.closed, 1);
  }

  /** The kernels in the shared memory, as this thread's own. */
  get kernels(): { readonly run: KernelExports; readonly memory: KernelMemory } {
    return { run: this.run, memory: this.invitation.memory };
  }

  /** Whoever comes from now on finds jobs. */
  open(): void {
    Atomics.store(this.words, word.closed, 0);
  }

  /** Whoever is here may leave. */
  close(): void {
    Atomics.store(this.words, word.closed, 1);
    Atomics.notify(this.words, word.ticket);
  }

  /** Does all parts, with whoever is here. */
  readonly parts = (kernel: PartKernel, parts: readonly (readonly number[])[]): ArrayLike<number> => {
    const { words, numbers } = this;
    if (parts.length === 1 || Atomics.load(words, word.present) === 0 || this.patience.isOut()) {
      return this.byLeader(kernel, parts);
    }
    const began = performance.now();
    numbers[0] = partKernels.indexOf(kernel);
    numbers[1] = parts.length;
    numbers[2] = parts[0].length;
    parts.forEach((args, part) => {
      numbers.set(args, argumentsFrom + part * mostArguments);
    });
    Atomics.store(words, word.done, 0);
    this.job = (this.job + 1) & 0x7fffff;
    Atomics.store(words, word.ticket, this.job << 8);
    if (Atomics.load(words, word.asleep) > 0) Atomics.notify(words, word.ticket);
    while (takePart(words, numbers, this.exports) !== "none") {
      // Until nothing is left.
    }
    const left = performance.now();
    while (Atomics.load(words, word.done) < parts.length) {
      // Others are at the last ones.
    }
    this.patience.waited(performance.now() - left, left - began);
    // From here on nobody takes a part for one of the next job, whose arguments are not yet written.
    Atomics.store(words, word.ticket, (this.job << 8) | none);
    return numbers.slice(resultsFrom, resultsFrom + parts.length);
  };
}

/** Jobs in a row in which others are waited for too long, and those after them that the leader does alone. */
const mostLate = 4;
const aloneFor = 250;

/**
 * Where other programs want the cores, one who helps is interrupted in the middle of a part, and waiting for it takes longer than
 * it saves. The leader then goes on alone for a while. What comes out is the same.
 */
class Patience {
  private late = 0;
  private alone = 0;

  isOut(): boolean {
    if (this.alone === 0) return false;
    this.alone--;
    return true;
  }

  /** After a job: how long others were waited for, and how long there was something to do for the leader. */
  waited(waiting: number, working: number): void {
    this.late = Math.max(0, this.late + (waiting > 0.5 * working ? 1 : -1));
    if (this.late < mostLate) return;
    this.alone = aloneFor;
    // It is soon seen whether it is still so.
    this.late = mostLate - 2;
  }
}

/**
 * Takes a part and does it. The arguments are read before it is taken: that it could be taken says that they were those of its job,
 * since the leader writes others only after all parts are done.
 */
function takePart(words: Int32Array, numbers: Float64Array, run: PartExports): "done" | "none" | "missed" {
  const ticket = Atomics.load(words, word.ticket);
  const part = ticket & 0xff;
  if (part === none || part >= numbers[1]) return "none";
  const kernel = partKernels[numbers[0]];
  const from = argumentsFrom + part * mostArguments;
  const args = numbers.subarray(from, from + numbers[2]);
  if (Atomics.compareExchange(words, word.ticket, ticket, ticket + 1) !== ticket) return "missed";
  numbers[resultsFrom + part] = run[kernel](...args) ?? 0;
  Atomics.add(words, word.done, 1);
  return "done";
}

/** Takes part until the leader has no more jobs, or this thread is wanted elsewhere. Blocks the thread. */
export function assist({ memory, words: shared, numbers: sharedNumbers }: Invitation): void {
  const kernels = sharedKernels(memory);
  if (kernels === null) return;
  const run = kernels.run as unknown as PartExports;
  const words = new Int32Array(shared);
  const numbers = new Float64Array(sharedNumbers);
  Atomics.add(words, word.present, 1);
  for (let idle = 0; Atomics.load(words, word.closed) === 0 && Atomics.load(words, word.recalled) === 0; ) {
    const outcome = takePart(words, numbers, run);
    if (outcome === "done") Atomics.add(words, word.helped, 1);
    idle = outcome === "none" ? idle + 1 : 0;
    if (idle < looks) continue;
    sleep(words);
    idle = 0;
  }
  Atomics.sub(words, word.present, 1);
}

function sleep(words: Int32Array): void {
  const ticket = Atomics.load(words, word.ticket);
  if ((ticket & 0xff) !== none) return;
  Atomics.add(words, word.asleep, 1);
  Atomics.wait(words, word.ticket, ticket, longestSleep);
  Atomics.sub(words, word.asleep, 1);
}

/** Parts that others than the leader have done so far. */
export function helpedIn({ words }: Invitation): number {
  return Atomics.load(new Int32Array(words), word.helped);
}

/** Calls those who take part away, or no longer. */
export function recall({ words }: Invitation, wanted: boolean): void {
  Atomics.store(new Int32Array(words), word.recalled, wanted ? 1 : 0);
}

/** How a thread asks others to join it, and tells them that it is done. */
export interface Summons {
  invite(invitation: Invitation): void;
  dismiss(): void;
}

let summons: Summons | null = null;
let own: Team | null | undefined;

/** From now on large spaces are evolved with whoever comes; null: without. */
export function summonBy(how: Summons | null): void {
  summons = how;
}

/** Calls `use` with this thread's team while others are invited; with null where nobody would come. */
export function withTeam<Value>(use: (team: Team | null) => Value): Value {
  const by = summons;
  if (by === null) return use(null);
  own ??= Team.gather();
  const team = own;
  if (team === null) return use(null);
  team.open();
  by.invite(team.invitation);
  try {
    return use(team);
  } finally {
    team.close();
    by.dismiss();
  }
}
