/** The script of a page that computes in its own workers, and sends the server what came out. */

import { Crew, defineModel, kernelInfo, type ModelSpec, type Size, simulate, threadOf } from "../../src/index.ts";

/** The little of a page that is needed. */
interface Page {
  readonly Worker: new (url: string, options: { type: "module" }) => Parameters<typeof threadOf>[0];
  fetch(url: string, options?: { method: string; body: string }): Promise<{ json(): Promise<unknown> }>;
}

const page = globalThis as unknown as Page;

async function compute(): Promise<object> {
  const { spec, size } = (await (await page.fetch("/question")).json()) as { spec: ModelSpec; size: Size | null };
  let threads = 0;
  const crew = new Crew({
    threads: 2,
    start: () => {
      threads++;
      return threadOf(new page.Worker("/worker.mjs", { type: "module" }));
    },
  });
  const [model, M] = [defineModel(spec), size ?? Number.POSITIVE_INFINITY];
  const { rho } = await crew.simulate(model, M);
  crew.close();
  const alone = simulate(model, M).rho;
  const same = rho.re.every((x, i) => x === alone.re[i]) && rho.im.every((x, i) => x === alone.im[i]);
  return { re: [...rho.re], im: [...rho.im], same, threads, kernels: kernelInfo().kind };
}

compute()
  .catch((error: unknown) => ({ failure: String(error) }))
  .then((result) => page.fetch("/result", { method: "POST", body: JSON.stringify(result) }));
