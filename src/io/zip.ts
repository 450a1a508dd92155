/** Files in one archive, not compressed. */

import { crc32 } from "./crc32.ts";

/** 1 January 1980, noon, in the format of MS-DOS: a fixed date, so that equal contents are equal archives. */
const date = (1 << 5) | 1;
const time = 12 << 11;

/** The most a header of the format's first version can hold; beyond it, ZIP64 would be needed. */
const largest = 0xffffffff;

/**
 * A ZIP archive that stores the files as they are, in their order. Names are ASCII or UTF-8. Throws RangeError if it
 * would be 4 GB or more. Source: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, data]) => ({ name: new TextEncoder().encode(name), data }));
  const size = entries.reduce((sum, { name, data }) => sum + 76 + 2 * name.length + data.length, 22);
  if (size > largest) {
    throw new RangeError(`an archive must be smaller than 4 GB, but the arrays take ${(size / 1e9).toFixed(1)} GB`);
  }
  const archive = new Uint8Array(size);
  const view = new DataView(archive.buffer);
  let at = 0;
  const number = (bytes: 2 | 4, value: number): void => {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  };
  const copy = (bytes: Uint8Array): void => {
    archive.set(bytes, at);
    at += bytes.length;
  };
  // What the local and the central header have in common; 0x800: names are UTF-8; method 0: stored.
  const common = (name: Uint8Array, data: Uint8Array, checksum: number): void => {
    for (const value of [10, 0x800, 0, time, date]) number(2, value);
    for (const value of [checksum, data.length, data.length]) number(4, value);
    for (const value of [name.length, 0]) number(2, value);
  };

  const placed = entries.map(({ name, data }) => {
    const entry = { name, data, checksum: crc32(data), start: at };
    number(4, 0x04034b50);
    common(name, data, entry.checksum);
    copy(name);
    copy(data);
    return entry;
  });
  const directory = at;
  for (const { name, data, checksum, start } of placed) {
    number(4, 0x02014b50);
    number(2, 10);
    common(name, data, checksum);
    for (const value of [0, 0, 0]) number(2, value);
    for (const value of [0, start]) number(4, value);
    copy(name);
  }
  const directorySize = at - directory;
  number(4, 0x06054b50);
  for (const value of [0, 0, placed.length, placed.length]) number(2, value);
  for (const value of [directorySize, directory]) number(4, value);
  number(2, 0);
  return archive;
}
