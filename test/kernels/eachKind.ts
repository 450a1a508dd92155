import { afterAll, beforeAll, describe } from "vitest";
import { type KernelInfo, selectKernels } from "../../src/kernels/module.ts";

/** The tests once with the WebAssembly kernels and once with their twins. */
export function describeEachKind(name: string, tests: (kind: KernelInfo["kind"]) => void): void {
  for (const kind of ["wasm", "javascript"] as const) {
    describe(`${name} (${kind})`, () => {
      beforeAll(() => selectKernels(kind));
      afterAll(() => selectKernels("wasm"));
      tests(kind);
    });
  }
}
