/** What a thread of a crew does: it answers questions, and evolves chunks of its own questions and of others'. */

import { experimentNamed } from "../dynamics/experiments/experimentNamed.ts";
import type { Progress, Run } from "../dynamics/run.ts";
import { buffersOf, type Part } from "../dynamics/sharing/part.ts";
import type { Work } from "../dynamics/sharing/work.ts";
import type { Stage } from "../dynamics/stage/stage.ts";
import { stageOf } from "../dynamics/stage/stageOf.ts";
import type { StageRecipe } from "../dynamics/stage/stageRecipe.ts";
import { assist, summonBy } from "../kernels/team.ts";
import { textOf } from "./errorText.ts";
import type { Order, Report } from "./messages.ts";
import { answering } from "./question.ts";

/** How a thread speaks with its crew, whether on Node or in a browser. */
export interface Port {
  send(report: Report, transfer: ArrayBuffer[]): void;
  listen(onOrder: (order: Order) => void): void;
  /** Lets the thread end. */
  close(): void;
}

/** Milliseconds between two reports of a question's progress. */
const reportInterval = 100;

/** Work expected to take less than this many seconds is not worth asking others about. */
const worthSharing = 0.03;

/** Serves a crew through the port until it is told to finish. */
export function serve(port: Port): void {
  const hand = new Hand(port);
  port.listen((order) => hand.follow(order));
  port.send({ kind: "ready" }, []);
}

/** Work of this thread's own question, part of which others may do. */
interface Shared {
  readonly work: Work;
  readonly own: (Part | undefined)[];
  readonly settle: (parts: readonly Part[]) => void;
}

class Hand {
  private readonly port: Port;
  private readonly shared = new Map<number, Shared>();
  /** The stage of the last work that came from another thread. */
  private visited: { readonly name: string; readonly stage: Stage } | null = null;

  constructor(port: Port) {
    this.port = port;
  }

  follow(order: Order): void {
    switch (order.kind) {
      case "begin":
        // Stages of others are large, and will not be needed for a while.
        this.visited = null;
        void this.answer(order);
        return;
      case "evolve":
        this.evolve(order);
        return;
      case "parts": {
        const shared = this.shared.get(order.work);
        shared?.settle(
          order.parts.map((part, place) => (part ? timed(part, shared.work) : (shared.own[place] as Part))),
        );
        return;
      }
      case "assist":
        assist(order.invitation);
        this.port.send({ kind: "assisted" }, []);
        return;
      case "forget":
        this.visited = null;
        return;
      case "finish":
        this.port.close();
    }
  }

  private async answer({ question, of, hands }: Extract<Order, { kind: "begin" }>): Promise<void> {
    try {
      const steps = answering(of);
      let works = 0;
      let lastReport = performance.now();
      let parts: readonly Part[] | undefined;
      for (;;) {
        const step = this.invitingTo(question, hands, () => steps.next(parts));
        parts = undefined;
        if (step.done) return this.conclude(question, step.value);
        const { work, ...progress } = step.value;
        if (work !== undefined && hands > 1 && secondsOf(work) > worthSharing) {
          // Works of all questions of a crew are told apart by one number.
          parts = await this.share(question, question * 1e6 + works++, work, progress, hands);
        } else if (performance.now() - lastReport >= reportInterval) {
          lastReport = performance.now();
          this.port.send({ kind: "progress", question, progress }, []);
        }
      }
    } catch (error) {
      this.port.send({ kind: "failure", question, error: textOf(error) }, []);
    }
  }

  /** What a step does in a large space others may do together with this thread. */
  private invitingTo<Value>(question: number, hands: number, step: () => Value): Value {
    if (hands === 1) return step();
    summonBy({
      invite: (invitation) => this.port.send({ kind: "invite", question, invitation }, []),
      dismiss: () => this.port.send({ kind: "dismiss", question }, []),
    });
    try {
      return step();
    } finally {
      summonBy(null);
    }
  }

  private conclude(question: number, run: Run): void {
    this.port.send({ kind: "answer", question, run }, [run.rho.re.buffer, run.rho.im.buffer] as ArrayBuffer[]);
  }

  /** The parts of a work, evolved by whoever has the time. */
  private share(question: number, id: number, work: Work, progress: Progress, hands: number): Promise<readonly Part[]> {
    const { chunks, recipe, secondsEach, bytes } = work;
    const stage = `${question} ${recipe.family} ${recipe.memory} ${recipe.weights}`;
    // The crew may be slow to hear of it: the first chunks are begun without its leave.
    const taken = Math.max(1, Math.floor(chunks.length / (2 * hands)));
    return new Promise((resolve) => {
      const settle = (parts: readonly Part[]) => {
        this.shared.delete(id);
        resolve(parts);
      };
      this.shared.set(id, { work, own: [], settle });
      const offer = { work: id, stage, recipe, chunks, taken, secondsEach, bytes, progress };
      this.port.send({ kind: "offer", question, offer }, []);
      const places = Array.from({ length: taken }, (_, place) => place);
      this.evolve({ kind: "evolve", work: id, stage, places, chunks: chunks.slice(0, taken) });
    });
  }

  private evolve({ work, stage: name, recipe, places, chunks }: Extract<Order, { kind: "evolve" }>): void {
    try {
      const shared = this.shared.get(work);
      const stage = shared === undefined ? this.stageNamed(name, recipe) : null;
      places.forEach((place, c) => {
        const part = stage === null ? undefined : stage.part(chunks[c]);
        if (shared !== undefined) shared.own[place] = shared.work.evaluate(chunks[c]);
        const transfer = part === undefined ? [] : buffersOf(part);
        this.port.send({ kind: "part", work, place, ...(part && { part: untimed(part) }) }, transfer);
      });
    } catch (error) {
      this.port.send({ kind: "partFailure", work, error: textOf(error) }, []);
    }
  }

  private stageNamed(name: string, recipe: StageRecipe | undefined): Stage {
    if (this.visited?.name === name) return this.visited.stage;
    if (recipe === undefined) throw new Error("a thread was asked for a part of work that it knows nothing of");
    this.visited = null;
    const stage = stageOf(recipe, recipe.asked && experimentNamed(recipe.asked));
    this.visited = { name, stage };
    return stage;
  }
}

/** A part is sent without its times: there are many, and its work has them. */
function untimed(part: Part): Part {
  return { ...part, rho: { ...part.rho, times: [] } };
}

function timed(part: Part, { times }: Work): Part {
  return { ...part, rho: { ...part.rho, times } };
}

function secondsOf({ chunks, secondsEach }: Work): number {
  return chunks.length < 2 ? 0 : chunks.reduce((sum, { points }) => sum + points.length * secondsEach, 0);
}
