/** The WebAssembly module of the kernels, or why there is none; which of the two kinds of kernels is in use. */

import { wasmBytes } from "./wasmBytes.ts";

export interface KernelInfo {
  /** "javascript" are the readable twins, slower and equal up to rounding. */
  readonly kind: "wasm" | "javascript";
  /** Why the twins are used. */
  readonly why?: string;
}

/** What assembly/index.ts exports. Pointers are byte offsets into the memory, lengths are counts. */
export interface KernelExports {
  eigensystemScratch(n: number, complex: number): number;
  symmetricEigensystem(n: number, ld: number, a: number, values: number, rows: number, scratch: number): number;
  hermitianEigensystem(
    n: number,
    ld: number,
    re: number,
    im: number,
    values: number,
    rowsRe: number,
    rowsIm: number,
    scratch: number,
  ): number;
  spreadTerms(
    count: number,
    series: number,
    n: number,
    margin: number,
    half: number,
    degree: number,
    turnsOfPlace: number,
    rootsOfPhase: number,
    weight: number,
    frequencies: number,
    coefficients: number,
    table: number,
    roots: number,
    grid: number,
    scratch: number,
  ): void;
  sumsOfGrid(...a: readonly number[]): void;
  transformPasses(n: number, re: number, im: number, cos: number, sin: number): void;
  productTransposed(
    m: number,
    n: number,
    k: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    c: number,
    ldc: number,
    sign: number,
    upper: number,
  ): void;
  // The argument lists of the following are those of the functions of the same name in assembly/.
  realRows(...a: readonly number[]): number;
  complexRows(...a: readonly number[]): number;
  products(...a: readonly number[]): number;
  blocks(...a: readonly number[]): number;
  subtractScaled(...a: readonly number[]): number;
  superpose(...a: readonly number[]): void;
  formBlocks(...a: readonly number[]): void;
  chainStep(...a: readonly number[]): void;
}

/** The little of WebAssembly's JavaScript interface that is needed here. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => KernelMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

export interface Kernels {
  readonly run: KernelExports;
  readonly memory: KernelMemory;
}

/** 4 GiB. */
const mostPages = 65536;

let loaded: Kernels | null = null;
let missing: string | undefined;
let wanted: KernelInfo["kind"] = "wasm";

/** The kernels, compiled on first use; null where the twins are to be used. */
export function kernels(): Kernels | null {
  if (wanted === "javascript") return null;
  if (loaded === null && missing === undefined) load();
  return loaded;
}

function binary(): Uint8Array {
  return Uint8Array.from(atob(wasmBytes), (c) => c.charCodeAt(0));
}

function load(): void {
  const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) {
    missing = "there is no WebAssembly here";
    return;
  }
  try {
    const module = new api.Module(binary());
    const memory = new api.Memory({ initial: 1, maximum: mostPages });
    const { exports } = new api.Instance(module, { env: { memory } });
    loaded = { run: exports as KernelExports, memory };
  } catch (error) {
    // Most likely an engine without SIMD, or a page that forbids compiling.
    missing = `WebAssembly with SIMD does not start here: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** How the module's binary says that it imports memory of its own, "env" "memory", and that it imports shared memory. */
const ofItsOwn = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 1];
const sharedFlag = 3;

let sharedModule: object | null | undefined;

/**
 * The kernels on memory that several threads share, a new one if none is given; null where that does not exist, or the twins are to
 * be used. It is the same binary but for one byte, since no kernel knows of other threads.
 */
export function sharedKernels(given?: KernelMemory): Kernels | null {
  if (kernels() === null || typeof SharedArrayBuffer === "undefined") return null;
  const api = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  try {
    sharedModule ??= new api.Module(onSharedMemory(binary()));
    const memory = given ?? new api.Memory({ initial: 1, maximum: mostPages, shared: true });
    const { exports } = new api.Instance(sharedModule, { env: { memory } });
    return { run: exports as KernelExports, memory };
  } catch {
    // A page that is not isolated has SharedArrayBuffer in its name only.
    return null;
  }
}

function onSharedMemory(bytes: Uint8Array): Uint8Array {
  const at = bytes.findIndex((_, i) => ofItsOwn.every((byte, k) => bytes[i + k] === byte));
  if (at < 0) throw new Error("the kernels' module imports no memory");
  bytes[at + ofItsOwn.length - 1] = sharedFlag;
  return bytes;
}

/** Which kernels are in use, and why if they are not the fast ones. */
export function kernelInfo(): KernelInfo {
  if (wanted === "javascript") return { kind: "javascript", why: "chosen by selectKernels" };
  return kernels() === null ? { kind: "javascript", why: missing as string } : { kind: "wasm" };
}

/** Chooses the kernels of all that is computed from now on in this thread; "wasm" is the default, where it runs. */
export function selectKernels(kind: KernelInfo["kind"]): void {
  wanted = kind;
}
