/** Memory in the units in which it is asked for: powers of 1000. */

const units = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Such as 1.8 MB. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
