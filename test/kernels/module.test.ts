import { afterEach, describe, expect, test, vi } from "vitest";
import { kernelInfo, kernels, selectKernels } from "../../src/kernels/module.ts";

afterEach(() => {
  selectKernels("wasm");
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The module as it is when loaded for the first time. */
function freshModule() {
  vi.resetModules();
  return import("../../src/kernels/module.ts");
}

describe("kernels", () => {
  test("run in WebAssembly here", () => {
    expect(kernelInfo()).toEqual({ kind: "wasm" });
    expect(kernels()).not.toBeNull();
  });

  test("give way to their twins when told to", () => {
    selectKernels("javascript");
    expect(kernelInfo()).toEqual({ kind: "javascript", why: "chosen by selectKernels" });
    expect(kernels()).toBeNull();
  });

  test("give way where there is no WebAssembly, and say so", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    const fresh = await freshModule();
    expect(fresh.kernels()).toBeNull();
    expect(fresh.kernelInfo()).toEqual({ kind: "javascript", why: "there is no WebAssembly here" });
  });

  test("give way where a page forbids to compile, or an engine lacks SIMD, and say so", async () => {
    class Module {
      constructor() {
        throw new Error("invalid opcode 0xfd");
      }
    }
    vi.stubGlobal("WebAssembly", { Module });
    const fresh = await freshModule();
    expect(fresh.kernels()).toBeNull();
    expect(fresh.kernelInfo().why).toContain("invalid opcode 0xfd");
  });
});
