/** The comparison with the peers as Markdown: the headline, every row, what was skipped and why, and how it was made. */

import { markdownTable } from "./markers.ts";
import { carriedOver, published, rowKey } from "./published.ts";
import type { Python } from "./python.ts";
import { type PeerName, peerNames, type Row } from "./row.ts";

export interface PeersDocument {
  readonly schema: "bosonize/bench-peers@1";
  readonly date: string;
  readonly runtime: string;
  readonly processor: string;
  readonly versions: Python["versions"] | null;
  readonly rows: readonly Row[];
}

export function peersMarkdown(document: PeersDocument): string {
  const { date, runtime, processor, versions, rows } = document;
  const python =
    versions === null
      ? "no Python with scipy"
      : `Python ${versions.python}, numpy ${versions.numpy}, scipy ${versions.scipy}, ` +
        (versions.qutip === undefined ? "no QuTiP 4" : `QuTiP ${versions.qutip}`);
  return [
    `Made by \`npm run bench -- peers --write\` on ${date}: ${runtime}, ${python}, on ${processor}.`,
    "How many times less CPU time bosonize takes, at a true error of every entry at every time that meets the target:",
    ratios(rows),
    "CPU time of build + solve in milliseconds, and bosonize's true error:",
    times(rows),
    notes(rows),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const labels = ["model", "M", "error"];

function label({ model, size, target }: Row): string[] {
  return [model, size === "inf" ? "∞" : sizeText(size), target.toExponential(0)];
}

function sizeText(size: number): string {
  return size < 1000 ? String(size) : size.toExponential(0).replace("e+", "e");
}

function ratios(rows: readonly Row[]): string {
  const body = rows
    .filter(({ peers }) => peerNames.some((name) => !("skipped" in peers[name])))
    .map((row) => {
      const toQutip4 = ratio(row, "QuTiP");
      const toQutip5 = toQutip4 === undefined ? undefined : carriedOver(keyOf(row), toQutip4);
      return [...label(row), ...[toQutip5, ...peerNames.map((name) => ratio(row, name))].map(ratioText)];
    });
  return markdownTable([...labels, "QuTiP 5.3.1 (carried over)", ...peerNames], body, 1);
}

function times(rows: readonly Row[]): string {
  const body = rows.map((row) => {
    const { ours, peers, target } = row;
    const elsewhere = published(keyOf(row));
    const missed = ours.error !== null && ours.error > target;
    return [
      ...label(row),
      ms(ours.seconds),
      ms(ours.cold),
      ours.error === null ? "–" : `${missed ? "**missed: " : ""}${ours.error.toExponential(1)}${missed ? "**" : ""}`,
      ...peerNames.map((name) => {
        const result = peers[name];
        return "skipped" in result ? "–" : ms(result.seconds);
      }),
      ...[elsewhere?.qutip5, elsewhere?.qutip4, elsewhere?.scipy].map((value) =>
        value === undefined ? "–" : `${value}`,
      ),
    ];
  });
  const titles = [
    ...labels,
    "bosonize",
    "its first call",
    "its error",
    ...peerNames,
    ...["QuTiP 5.3.1", "QuTiP 4.7.1", "scipy"].map((name) => `(${name})`),
  ];
  return markdownTable(titles, body, 1);
}

function keyOf({ model, size, target }: Row): string {
  return rowKey(model, size, target);
}

/** Undefined unless both were measured at an error that meets the target. */
function ratio({ ours, peers, target }: Row, name: PeerName): number | undefined {
  const result = peers[name];
  if ("skipped" in result || ours.error === null || ours.error > target) return undefined;
  return result.seconds / ours.seconds;
}

function ratioText(x: number | undefined): string {
  if (x === undefined) return "–";
  return x < 9.95 ? x.toPrecision(2) : x.toFixed(0);
}

/** Milliseconds, about three digits. */
function ms(seconds: number): string {
  const value = 1000 * seconds;
  return value < 100 ? String(Number(value.toPrecision(3))) : value.toFixed(0);
}

function notes(rows: readonly Row[]): string {
  const lines = [...growth(rows)];
  for (const name of peerNames) {
    const ways = [...new Set(rows.flatMap(({ peers }) => ("skipped" in peers[name] ? [] : [peers[name].way])))];
    if (ways.length > 0) lines.push(`${name}: ${ways.join("; ")}.`);
    const skipped = new Map<string, string[]>();
    for (const row of rows) {
      const result = row.peers[name];
      if ("skipped" in result) skipped.set(result.skipped, [...(skipped.get(result.skipped) ?? []), caseText(row)]);
    }
    for (const [reason, cases] of skipped) lines.push(`${name}, skipped (${reason}): ${cases.join(", ")}.`);
  }
  return lines.map((line) => `- ${line}`).join("\n");
}

function caseText({ model, size, target }: Row): string {
  return size === "inf" ? `${model} ${target.toExponential(0)}` : `${model} M = ${sizeText(size)}`;
}

/** What B6 asks of M itself. */
function growth(rows: readonly Row[]): string[] {
  return ["B1", "B2"].flatMap((model) => {
    const at = (size: number | "inf") =>
      rows.find((row) => row.model === model && row.size === size && row.target === 1e-6)?.ours.seconds;
    const compared = [
      ["M = 1e9 to M = 100", at(1e9), at(100)],
      ["M = 100 to ∞", at(100), at("inf")],
    ] as const;
    const found = compared.flatMap(([what, a, b]) =>
      a === undefined || b === undefined ? [] : [`${what}: ${ratioText(a / b)}`],
    );
    return found.length === 0 ? [] : [`bosonize, ${model} at 1e-6, ratio of times of ${found.join(", of ")}.`];
  });
}
