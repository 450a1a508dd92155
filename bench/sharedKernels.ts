/** The kernels over memory that threads share: the same code, with the memory that it imports declared shared. */

import { wasmBytes } from "../src/kernels/wasmBytes.ts";

/** What is used here of WebAssembly's JavaScript interface. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: {
    initial: number;
    maximum: number;
    shared: boolean;
  }) => { readonly buffer: SharedArrayBuffer };
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { products(...a: readonly number[]): number } };
}

const api = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
const mostPages = 65536;

export type SharedMemory = InstanceType<WebAssemblyApi["Memory"]>;

export function sharedMemory(bytes: number): SharedMemory {
  return new api.Memory({ initial: Math.ceil(bytes / 65536), maximum: mostPages, shared: true });
}

export function sharedKernels(memory: SharedMemory) {
  const bytes = Buffer.from(wasmBytes, "base64");
  // The import of the memory is its name, what kind of import it is, and its flags: has a maximum, is shared.
  const name = "\x03env\x06memory\x02";
  bytes[bytes.indexOf(name, 0, "latin1") + name.length] |= 2;
  return new api.Instance(new api.Module(bytes), { env: { memory } }).exports;
}
