/** One array in NumPy's file format .npy, version 1.0. */

/** An array for NumPy, in C order: the last index is the fastest. */
export type NpyArray =
  | { readonly kind: "float64"; readonly shape: readonly number[]; readonly values: Float64Array }
  | { readonly kind: "int32"; readonly shape: readonly number[]; readonly values: Int32Array }
  /** `values` holds re, im, re, im, …: twice as many numbers as the shape has entries. */
  | { readonly kind: "complex128"; readonly shape: readonly number[]; readonly values: Float64Array };

// As nearly every machine is; a view decides, number by number, on the others.
const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const descriptors = { float64: "<f8", int32: "<i4", complex128: "<c16" } as const;

/** The array as bytes, little-endian. Throws RangeError if the shape does not fit the number of values. */
export function npy(array: NpyArray): Uint8Array {
  const entries = array.shape.reduce((product, extent) => product * extent, 1);
  const numbers = array.kind === "complex128" ? 2 * entries : entries;
  if (array.values.length !== numbers) {
    throw new RangeError(
      `an array of shape (${array.shape.join(", ")}) takes ${numbers} numbers, not ${array.values.length}`,
    );
  }
  const header = headerText(descriptors[array.kind], array.shape);
  const bytes = new Uint8Array(header.length + array.values.byteLength);
  for (let i = 0; i < header.length; i++) bytes[i] = header.charCodeAt(i);
  copyLittleEndian(array, bytes.subarray(header.length));
  return bytes;
}

/** Magic, version, length and dictionary, padded so that the data begin at a multiple of 64 bytes. */
function headerText(descriptor: string, shape: readonly number[]): string {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${extents}), }`;
  const before = 10;
  const length = Math.ceil((before + dictionary.length + 1) / 64) * 64 - before;
  const lengthBytes = String.fromCharCode(length & 255, length >> 8);
  return `\x93NUMPY\x01\x00${lengthBytes}${dictionary.padEnd(length - 1)}\n`;
}

function copyLittleEndian({ kind, values }: NpyArray, to: Uint8Array): void {
  if (machineIsLittleEndian) {
    to.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return;
  }
  const view = new DataView(to.buffer, to.byteOffset, to.byteLength);
  if (kind === "int32") for (let i = 0; i < values.length; i++) view.setInt32(4 * i, values[i], true);
  else for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
}
