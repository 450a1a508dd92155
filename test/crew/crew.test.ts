import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Crew } from "../../src/crew/crew.ts";
import { LostThreadError } from "../../src/crew/lostThread.ts";
import { answering, type Question } from "../../src/crew/question.ts";
import { type Thread, threadOf } from "../../src/crew/thread.ts";
import { ImpossibleRunError, TooLargeError } from "../../src/dynamics/errors.ts";
import type { Progress, Run } from "../../src/dynamics/run.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { bundled } from "./bundled.ts";
import { longQuestions, questions } from "./questions.ts";

let bundle: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  bundle = await bundled({ worker: "src/crew/worker.ts" });
});
afterAll(() => bundle.remove());

/** What was posted to the threads of a crew, one list for each thread. */
type Posted = string[][];

function started(posted: Posted): () => Thread {
  return () => {
    const thread = threadOf(new Worker(join(bundle.folder, "worker.mjs")));
    const own: string[] = [];
    posted.push(own);
    return {
      ...thread,
      post: (order, transfer) => {
        own.push(order.kind);
        thread.post(order, transfer);
      },
    };
  };
}

function ask(crew: Crew, { model, size, options, instead }: Question): Promise<Run> {
  switch (instead?.kind) {
    case undefined:
      return crew.simulate(model, size, options);
    case "twoTime":
      return crew.twoTime(model, size, instead.first, options);
    case "energies":
      return crew.energies(model, size, options);
    case "meanField":
      return crew.meanField(model);
  }
}

const known = new Map<Question, Run>();

/** What comes out in one thread, without a crew. */
function here(question: Question): Run {
  let run = known.get(question);
  if (run === undefined) {
    const steps = answering(question);
    let step = steps.next();
    while (!step.done) step = steps.next();
    run = step.value;
    known.set(question, run);
  }
  return run;
}

const untimed = (run: Run) => ({ ...run, cost: { ...run.cost, seconds: 0 } });

describe("what a crew answers", () => {
  test.each([1, 2, 3])(
    "is the same to the last bit as without it, by %i threads",
    async (threads) => {
      const posted: Posted = [];
      const crew = new Crew({ start: started(posted), threads });
      const asked = [...Object.values(questions), ...Object.values(longQuestions)];
      const runs = await Promise.all(asked.map((question) => ask(crew, question)));
      crew.close();
      asked.forEach((question, q) => {
        expect(untimed(runs[q])).toEqual(untimed(here(question)));
      });
      expect(posted).toHaveLength(threads);
      // With several threads, every one had a part in what others answered.
      const helpers = posted.filter((orders) => orders.includes("evolve"));
      expect(helpers).toHaveLength(threads === 1 ? 0 : threads);
    },
    120_000,
  );
});

const long = longQuestions["many sectors over a static field"];
const short = questions["a lattice over numbers of sites"];

/** Of a thread that is nothing but this script. */
const scripted = (script: string): Thread =>
  threadOf(new Worker(`const { parentPort } = require("node:worker_threads"); ${script}`, { eval: true }));

function fits({ model, size, options }: Question, memory: number): boolean {
  try {
    return simulate(model, size, { ...options, memory }).error.converged;
  } catch (error) {
    if (error instanceof TooLargeError) return false;
    throw error;
  }
}

describe("a crew", () => {
  test("starts one thread for what takes little, and more only for what takes long", async () => {
    const posted: Posted = [];
    const crew = new Crew({ start: started(posted), threads: 3 });
    expect(posted).toHaveLength(0);
    await ask(crew, questions["the mean field"]);
    expect(posted).toHaveLength(1);
    await ask(crew, long);
    expect(posted.length).toBeGreaterThan(1);
    crew.close();
  });

  test("shares the kets of a single sector", async () => {
    const posted: Posted = [];
    const crew = new Crew({ start: started(posted), threads: 2 });
    const question = longQuestions["kets of a single sector that is proved"];
    const run = await ask(crew, question);
    crew.close();
    expect(run.cost.sectors).toBe(1);
    expect(posted).toHaveLength(2);
    expect(posted[1].filter((kind) => kind === "evolve").length).toBeGreaterThan(0);
    expect(untimed(run)).toEqual(untimed(here(question)));
  });

  test("lets a thread that has nothing else to do take part in single applications of H", async () => {
    const posted: Posted = [];
    const crew = new Crew({ start: started(posted), threads: 2 });
    const question = longQuestions["a single ket in a large space"];
    const run = await ask(crew, question);
    // Nobody waits for one who has left.
    const small = await ask(crew, questions["the mean field"]);
    crew.close();
    expect(run.cost.sectors).toBe(1);
    expect(posted).toHaveLength(2);
    expect(posted[1]).toContain("assist");
    expect(small.method).toBe("mean-field");
    expect(untimed(run)).toEqual(untimed(here(question)));
  });

  test("calls such a thread away where a whole question waits", async () => {
    const posted: Posted = [];
    const crew = new Crew({ start: started(posted), threads: 2 });
    const question = longQuestions["a single ket in a large space"];
    const first = ask(crew, question);
    await new Promise((resolve) => setTimeout(resolve, 900));
    const second = await ask(crew, questions["the mean field"]);
    const run = await first;
    crew.close();
    expect(second.method).toBe("mean-field");
    expect(untimed(run)).toEqual(untimed(here(question)));
  });

  test("throws what the run throws, of the same class and with the same words", async () => {
    const crew = new Crew({ start: started([]), threads: 2 });
    const { model } = randomModel(5, { centring: "keep", siteDimension: 2 });
    const infinity = Number.POSITIVE_INFINITY;
    const tight = { memory: 2e5, tolerance: 1e-12, forms: "fock" } as const;
    const large = randomModel(3, { siteDimension: 4, state: "mixed", centring: "centred", degenerate: false }).model;
    for (const [kind, of, size, options] of [
      [ImpossibleRunError, model, infinity, {}],
      [TooLargeError, large, infinity, tight],
    ] as const) {
      const error = await crew.simulate(of, size, options).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(kind);
      expect(() => simulate(of, size, options)).toThrow((error as Error).message);
    }
    // It goes on with what is asked next.
    expect((await ask(crew, short)).rho).toEqual(here(short).rho);
    crew.close();
  });

  test("says so when a thread ends or breaks, instead of waiting for it", async () => {
    const dead = new Crew({ start: () => scripted("process.exit(3);"), threads: 1 });
    await expect(ask(dead, short)).rejects.toThrow("a thread that computes ended by itself (exit code 3)");
    const broken = new Crew({ start: () => scripted('throw new Error("no such machine");'), threads: 1 });
    await expect(ask(broken, short)).rejects.toThrow("no such machine");
  });

  /** Is ready, and ends with whatever it is told to do. */
  const mortal = () =>
    scripted('parentPort.postMessage({ kind: "ready" }); parentPort.on("message", () => process.exit(4));');

  test.each([
    ["one that has chunks of another's question", 1],
    ["the one whose question it is", 0],
  ])("goes on without a thread that breaks: %s", async (_, ordinal) => {
    const real = started([]);
    const told: string[] = [];
    let threads = 0;
    const crew = new Crew({
      threads: 2,
      start: () => (threads++ === ordinal ? mortal() : real()),
      onLoss: ({ message }) => told.push(message),
    });
    expect(untimed(await ask(crew, long))).toEqual(untimed(here(long)));
    expect(told).toEqual(["a thread that computes ended by itself (exit code 4)."]);
    // It goes on with what is asked next, too.
    expect((await ask(crew, short)).rho).toEqual(here(short).rho);
    crew.close();
  });

  test("gives up a question at which threads break twice, and says of what", async () => {
    const crew = new Crew({ threads: 2, start: mortal });
    const error = await ask(crew, long).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LostThreadError);
    expect((error as LostThreadError).message).toContain("exit code 4");
    crew.close();
  });

  test.each([
    ["sectors", long],
    ["kets", longQuestions["kets of a single sector that is proved"]],
  ])("gives up what is no longer wanted, at once, and answers the rest: %s", async (_, { model, size }) => {
    const crew = new Crew({ start: started([]), threads: 2 });
    const stop = new AbortController();
    const began = performance.now();
    const unwanted = crew.simulate(model, size, { forms: "fock", tolerance: 1e-12, signal: stop.signal });
    const wanted = ask(crew, short);
    setTimeout(() => stop.abort(new Error("changed my mind")), 100);
    await expect(unwanted).rejects.toThrow("changed my mind");
    expect(performance.now() - began).toBeLessThan(5000);
    expect((await wanted).rho).toEqual(here(short).rho);
    await expect(crew.simulate(model, size, { signal: stop.signal })).rejects.toThrow("changed my mind");
    crew.close();
  });

  test("rejects what is pending when it is closed", async () => {
    const crew = new Crew({ start: started([]), threads: 2 });
    const pending = [ask(crew, long), ask(crew, short)].map((run) => expect(run).rejects.toThrow("was closed"));
    crew.close();
    await Promise.all(pending);
  });

  test.each(["purified sites, which are one sector", "kets of a single sector"])(
    "shares the memory among its threads: what needs more than its share is answered alone: %s",
    async (name) => {
      const posted: Posted = [];
      const crew = new Crew({ start: started(posted), threads: 3 });
      const question = questions[name];
      // Enough for one, hence too little for three at a time.
      let memory = 1e5;
      while (!fits(question, memory)) memory *= 1.5;
      const asked = [0, 1, 2].map(() => ({ ...question, options: { ...question.options, memory } }));
      const runs = await Promise.all(asked.map((one) => ask(crew, one)));
      crew.close();
      for (const run of runs) expect(untimed(run)).toEqual(untimed(here(asked[0])));
      const begun = posted.flat().filter((kind) => kind === "begin");
      expect(begun.length).toBeGreaterThan(3);
    },
  );

  test("tells where a question stands, never less than before", async () => {
    const crew = new Crew({ start: started([]), threads: 2 });
    const told: Progress[] = [];
    await crew.simulate(long.model, long.size, { ...long.options, onProgress: (progress) => told.push(progress) });
    crew.close();
    expect(told.length).toBeGreaterThan(0);
    const sectors = told.filter(({ stage }) => stage === "sectors").map(({ done }) => done);
    expect(sectors).toEqual([...sectors].sort((a, b) => a - b));
    for (const { done, total, seconds } of told) {
      expect(done).toBeLessThanOrEqual(total);
      expect(seconds).toBeGreaterThan(0);
    }
  });

  test("needs at least one thread", () => {
    expect(() => new Crew({ start: started([]), threads: 0 })).toThrow("`threads` must be at least 1, but is 0.");
  });
});
