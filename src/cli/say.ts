/** Standard output carries what was asked for; standard error everything that is said about it. */

let quiet = false;

/** With --quiet only errors and what was asked for are left. */
export function setQuiet(value: boolean): void {
  quiet = value;
}

/** A line of the answer, on standard output. */
export function answer(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A remark, on standard error. */
export function remark(text: string): void {
  if (!quiet) process.stderr.write(`${text}\n`);
}

/** A warning or an error, on standard error, also with --quiet. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
