/** Questions answered by several threads: whole questions at once, and the sectors of each shared among all. */

import { defaultMemory } from "../dynamics/defaultMemory.ts";
import type { FirstAction } from "../dynamics/experiments/experiment.ts";
import type { Progress, Run } from "../dynamics/run.ts";
import { buffersOf, type Part } from "../dynamics/sharing/part.ts";
import type { SimulateOptions } from "../dynamics/simulate.ts";
import { recall } from "../kernels/team.ts";
import type { Model, Size } from "../model/types.ts";
import { errorOf } from "./errorText.ts";
import { LostThreadError } from "./lostThread.ts";
import { type Asked, type Hand, isAt, newHand } from "./members.ts";
import type { Offer, Report } from "./messages.ts";
import type { Question } from "./question.ts";
import { SharedWork } from "./sharedWork.ts";
import type { Thread } from "./thread.ts";

export interface CrewOptions {
  /** Starts a thread, such as `threadOf(new Worker(...))`. Called when there is work for it, and not before. */
  readonly start: () => Thread;
  /** Most threads; 1: none shares its work. */
  readonly threads: number;
  /** Told of a thread that broke, where the crew goes on without it; what that was at begins anew. */
  readonly onLoss?: (error: Error) => void;
}

export interface AskOptions {
  /** Gives the question up: its promise is rejected with the signal's reason. */
  readonly signal?: AbortSignalLike;
  /** Told where it stands, some ten times a second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** An AbortSignal, as far as it is needed. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Seconds of work, expected or spent, that are worth starting one more thread for. */
const patience = 0.1;

/** Seconds of work without any to share, after which a second thread is started all the same. */
const foresight = 0.3;

/** Milliseconds between two reports of a question's progress. */
const reportInterval = 100;

/**
 * Threads that answer questions together. What comes out is the same to the last bit however many there are, and the same
 * as without: `simulate`. The threads stay until the crew is closed.
 */
export class Crew {
  private readonly options: CrewOptions;
  private hands: Hand[] = [];
  /** Not begun yet, and begun: the oldest first. */
  private queue: Asked[] = [];
  private active: Asked[] = [];
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** Since when there has been something to do. */
  private busySince = 0;
  /** How many threads there may still be: fewer with each that broke. */
  private most: number;

  constructor(options: CrewOptions) {
    if (!(options.threads >= 1)) throw new RangeError(`\`threads\` must be at least 1, but is ${options.threads}.`);
    this.options = options;
    this.most = options.threads;
  }

  /**
   * ρ_S(t) for one size: `simulate`. Rejects with what that throws, with the signal's reason, or with LostThreadError if threads
   * break at it.
   */
  simulate(model: Model, size: Size, options: SimulateOptions & AskOptions = {}): Promise<Run> {
    return this.ask({ model, size, options });
  }

  /** R(τ) of two-time correlations: `twoTime`. */
  twoTime(model: Model, size: Size, first: FirstAction, options: SimulateOptions & AskOptions = {}): Promise<Run> {
    return this.ask({ model, size, options, instead: { kind: "twoTime", first } });
  }

  /** The numbers from which `energiesOf` makes energies. */
  energies(model: Model, size: Size, options: SimulateOptions & AskOptions = {}): Promise<Run> {
    return this.ask({ model, size, options, instead: { kind: "energies" } });
  }

  /** `meanFieldRun`. */
  meanField(model: Model, options: AskOptions = {}): Promise<Run> {
    return this.ask({ model, size: Number.POSITIVE_INFINITY, options, instead: { kind: "meanField" } });
  }

  /** Nothing more will be asked: lets the threads end. What is pending is rejected. */
  close(): void {
    this.stopWaiting();
    if (this.active.length + this.queue.length > 0) this.stop(new Error("the crew was closed."));
    for (const { thread, used } of this.hands) {
      // One that computed must come to rest before it ends; one that did not has nothing to keep.
      if (used) thread.post({ kind: "finish" }, []);
      else thread.end();
    }
    this.hands = [];
  }

  /** Ends all threads at once; whatever is pending is rejected with the reason. */
  stop(reason: unknown): void {
    this.stopWaiting();
    const { hands, active, queue } = this;
    [this.hands, this.active, this.queue] = [[], [], []];
    for (const { thread } of hands) thread.end();
    for (const { settle } of [...active, ...queue]) settle({ error: reason });
  }

  private ask({
    options,
    ...asked
  }: Omit<Question, "options"> & { options: SimulateOptions & AskOptions }): Promise<Run> {
    const { signal, onProgress, ...plain } = options;
    return new Promise<Run>((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => this.giveUp(one, { error: signal?.reason });
      const one: Asked = {
        id: this.count++,
        question: { ...asked, options: plain },
        onProgress,
        settle: (answer) => {
          signal?.removeEventListener("abort", onAbort);
          if ("run" in answer) resolve(answer.run);
          else reject(answer.error);
        },
        alone: false,
        lost: false,
        owner: null,
        shared: null,
        invitation: null,
        lastReport: 0,
      };
      signal?.addEventListener("abort", onAbort);
      if (this.active.length + this.queue.length === 0) this.busySince = performance.now();
      this.queue.push(one);
      // Questions that are asked together are seen together.
      queueMicrotask(() => this.dispatch());
    });
  }

  /** Gives everyone something to do, and gets more threads where there is more to do. */
  private dispatch(): void {
    if (this.hands.length === 0 && this.queue.length > 0) this.hire().ready = true;
    for (const hand of this.hands) if (hand.ready && hand.given === 0) this.employ(hand);
    if (this.hasChunks() || this.mayBegin()) {
      for (const { assists } of this.hands) if (assists !== null) recall(assists, true);
    }
    this.grow();
  }

  /**
   * Starts one more thread where the work that waits is worth it, or some waits and the crew has worked for a while; and the
   * second one before there is any, where the first works for long: it is likely to come.
   */
  private grow(): void {
    this.stopWaiting();
    const { length } = this.hands;
    const coming = this.hands.some(({ started }) => !started);
    if (this.active.length === 0 || coming || length >= this.most) return;
    const waiting = this.waiting();
    if (waiting === null && length > 1) return;
    const due = this.busySince + 1000 * (waiting === null ? foresight : patience * length) - performance.now();
    if (due <= 0 || (waiting ?? 0) > patience * length) this.hire();
    else this.timer = setTimeout(() => this.grow(), due);
  }

  /** Seconds that what nobody does yet is expected to take, of questions 0; null if there is nothing. */
  private waiting(): number | null {
    const chunks = this.active.filter((one) => this.mayShare(one));
    const invited = this.active.some(({ invitation }) => invitation !== null);
    if (chunks.length === 0 && !this.mayBegin() && !invited) return null;
    return chunks.reduce((sum, { shared }) => sum + (shared?.secondsLeft ?? 0), 0);
  }

  private employ(hand: Hand): void {
    const { own } = hand;
    if (own !== null) {
      // It has the stage of its own question, and room for no other.
      if (own.shared !== null && own.shared.left > 0) this.give(hand, own, own.shared);
      return;
    }
    const some = this.active.find((one) => this.mayShare(one));
    if (some?.shared) this.give(hand, some, some.shared);
    else if (this.mayBegin()) this.begin(hand);
    else this.lend(hand);
  }

  private hasChunks(): boolean {
    return this.active.some((one) => this.mayShare(one));
  }

  /** What nobody else needs takes part in the oldest thing there is. */
  private lend(hand: Hand): void {
    const one = this.active.find(({ invitation }) => invitation !== null);
    if (one === undefined || one.invitation === null) return;
    hand.used = true;
    hand.given = 1;
    hand.givenOf = one;
    hand.assists = one.invitation;
    recall(one.invitation, false);
    hand.thread.post({ kind: "assist", invitation: one.invitation }, []);
  }

  /** There are chunks for one more thread, and memory. */
  private mayShare({ id, owner, shared, question }: Asked): boolean {
    if (shared === null || shared.left === 0) return false;
    const busy = this.hands.filter((hand) => hand !== owner && hand.given > 0 && hand.givenOf?.id === id).length;
    return (busy + 2) * shared.offer.bytes <= memoryOf(question);
  }

  private mayBegin(): boolean {
    if (this.queue.length === 0 || this.active.some(({ alone }) => alone)) return false;
    return !this.queue[0].alone || this.active.length === 0;
  }

  private begin(hand: Hand): void {
    const one = this.queue.shift() as Asked;
    // Without company there is nobody to share memory with.
    if (this.active.length + this.queue.length === 0 || this.options.threads === 1) one.alone = true;
    const { question } = one;
    const room = one.alone ? {} : { room: memoryOf(question) / this.options.threads };
    hand.used = true;
    hand.own = one;
    hand.visited = "";
    one.owner = hand;
    this.active.push(one);
    const of = { ...question, options: { ...question.options, ...room } };
    hand.thread.post({ kind: "begin", question: one.id, of, hands: this.options.threads }, []);
  }

  private give(hand: Hand, one: Asked, shared: SharedWork): void {
    const { work, stage, recipe, chunks } = shared.offer;
    const places = shared.take(this.options.threads);
    hand.used = true;
    hand.given = places.length;
    hand.givenOf = one;
    const known = hand === one.owner || hand.visited === stage;
    if (!known) hand.visited = stage;
    const some = places.map((place) => chunks[place]);
    hand.thread.post({ kind: "evolve", work, stage, ...(known ? {} : { recipe }), places, chunks: some }, []);
  }

  private hire(): Hand {
    const thread = this.options.start();
    const hand = newHand(thread);
    this.hands.push(hand);
    thread.listen(
      (report) => this.hands.includes(hand) && this.hear(hand, report),
      (error) => this.hands.includes(hand) && this.lose(hand, error),
    );
    return hand;
  }

  /**
   * Goes on without a thread that broke. What that was at begins anew, once, with nothing else beside it: what breaks a thread
   * is mostly that there is no memory left. Where no thread ever started, none will.
   */
  private lose(hand: Hand, error: Error): void {
    if (!this.hands.some(({ started }) => started)) {
      this.stop(new LostThreadError(error));
      return;
    }
    this.most = Math.max(1, this.most - 1);
    const broken = this.active.filter((one) => isAt(hand, one));
    this.dismiss([hand]);
    for (const one of broken.reverse()) {
      if (one.lost) {
        this.giveUp(one, { error: new LostThreadError(error) });
        continue;
      }
      one.lost = true;
      this.dismiss(this.hands.filter((other) => isAt(other, one)));
      this.postpone(one);
    }
    this.options.onLoss?.(error);
    this.dispatch();
  }

  /** Ends threads at once. */
  private dismiss(some: readonly Hand[]): void {
    this.hands = this.hands.filter((hand) => !some.includes(hand));
    for (const { thread } of some) thread.end();
  }

  private hear(hand: Hand, report: Report): void {
    switch (report.kind) {
      case "ready":
        // A thread that starts does no work yet.
        if (this.hands[0] === hand) this.busySince = performance.now();
        hand.ready = true;
        hand.started = true;
        break;
      case "progress":
        this.activeOne(report.question)?.onProgress?.(report.progress);
        return;
      case "offer":
        this.share(hand, report.offer, this.activeOne(report.question));
        break;
      case "part":
        hand.given--;
        this.collect(report.work, report.place, report.part);
        break;
      case "partFailure": {
        hand.given = 0;
        const one = this.active.find(({ shared }) => shared?.offer.work === report.work);
        if (one !== undefined) this.giveUp(one, { error: errorOf(report.error) });
        break;
      }
      case "invite": {
        const one = this.activeOne(report.question);
        if (one !== undefined) one.invitation = report.invitation;
        break;
      }
      case "dismiss": {
        const one = this.activeOne(report.question);
        if (one !== undefined) one.invitation = null;
        break;
      }
      case "assisted":
        hand.given = 0;
        hand.assists = null;
        break;
      case "answer":
        this.conclude(this.activeOne(report.question), { run: report.run });
        break;
      case "failure": {
        const one = this.activeOne(report.question);
        if (report.error.name === "NeedsRoom" && one !== undefined) this.postpone(one);
        else this.conclude(one, { error: errorOf(report.error) });
      }
    }
    this.dispatch();
  }

  private activeOne(id: number): Asked | undefined {
    return this.active.find((one) => one.id === id);
  }

  private share(hand: Hand, offer: Offer, one: Asked | undefined): void {
    hand.given = offer.taken;
    hand.givenOf = one ?? null;
    if (one !== undefined) one.shared = new SharedWork(offer);
  }

  private collect(work: number, place: number, part: Part | undefined): void {
    const one = this.active.find(({ shared }) => shared?.offer.work === work);
    if (!one?.shared) return;
    const { shared } = one;
    shared.collect(place, part);
    const now = performance.now();
    if (now - one.lastReport >= reportInterval) {
      one.lastReport = now;
      one.onProgress?.(shared.progress);
    }
    const parts = shared.finished;
    if (parts === null) return;
    const transfer = parts.flatMap((found) => (found === undefined ? [] : buffersOf(found)));
    one.shared = null;
    one.owner?.thread.post({ kind: "parts", work, parts }, transfer);
  }

  private conclude(one: Asked | undefined, answer: { readonly run: Run } | { readonly error: unknown }): void {
    if (one === undefined) return;
    this.leave(one);
    one.settle(answer);
  }

  /** It begins again when it can have all the memory. */
  private postpone(one: Asked): void {
    this.leave(one);
    one.alone = true;
    this.queue.unshift(one);
  }

  private leave(one: Asked): void {
    this.active = this.active.filter((other) => other !== one);
    if (one.owner !== null) one.owner.own = null;
    one.owner = null;
    one.shared = null;
    one.invitation = null;
    for (const hand of this.hands) {
      if (hand.visited === "" || hand.givenOf !== one) continue;
      hand.visited = "";
      hand.thread.post({ kind: "forget" }, []);
    }
  }

  /** Ends a question before its time, and the threads that are busy with it: they hear of nothing until they are done. */
  private giveUp(one: Asked, answer: { readonly error: unknown }): void {
    this.dismiss(this.hands.filter((hand) => isAt(hand, one)));
    this.queue = this.queue.filter((other) => other !== one);
    this.leave(one);
    one.settle(answer);
    this.dispatch();
  }

  private stopWaiting(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

function memoryOf({ options }: Question): number {
  return options.memory ?? defaultMemory;
}
