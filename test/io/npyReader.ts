/** A reader of .npy and .npz written for the tests alone, from the file formats' descriptions. */

import { unzipSync } from "fflate";

export interface ReadArray {
  readonly descriptor: string;
  readonly fortranOrder: boolean;
  readonly shape: number[];
  /** Complex numbers as re, im, re, im, … */
  readonly values: number[];
}

export function readNpy(bytes: Uint8Array): ReadArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, 8));
  if (magic !== "\x93NUMPY\x01\x00") throw new Error(`no npy 1.0: ${JSON.stringify(magic)}`);
  const start = 10 + view.getUint16(8, true);
  if (start % 64 !== 0) throw new Error(`data begin at ${start}, which is not aligned`);
  const header = new TextDecoder("latin1").decode(bytes.subarray(10, start));
  if (!header.endsWith("\n")) throw new Error("the header does not end in a line break");
  const field = (pattern: RegExp): string => pattern.exec(header)?.[1] ?? "missing";
  const descriptor = field(/'descr': '([^']+)'/);
  const shape = field(/'shape': \(([^)]*)\)/)
    .split(",")
    .filter((extent) => extent.trim() !== "")
    .map(Number);
  const width = { "<f8": 8, "<c16": 8, "<i4": 4 }[descriptor] ?? Number.NaN;
  const values: number[] = [];
  for (let at = start; at < bytes.length; at += width) {
    values.push(width === 4 ? view.getInt32(at, true) : view.getFloat64(at, true));
  }
  return { descriptor, fortranOrder: field(/'fortran_order': (True|False)/) === "True", shape, values };
}

export function readNpz(bytes: Uint8Array): Record<string, ReadArray> {
  const files = Object.entries(unzipSync(bytes));
  return Object.fromEntries(files.map(([name, content]) => [name.replace(/\.npy$/, ""), readNpy(content)]));
}
