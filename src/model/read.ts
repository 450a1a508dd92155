/** Reading a model file, YAML or JSON: every problem comes with its line and column. */

import type { Document, LineCounter as Lines, Node, Pair, YAMLError } from "yaml";
import { isAlias, isCollection, isMap, isPair, isScalar, LineCounter, parseAllDocuments, visit } from "yaml";
import type { Issue } from "./issue.ts";
import { shortened } from "./issue.ts";
import type { ModelSpec } from "./spec.ts";
import type { Model } from "./types.ts";
import { checkModel } from "./validate.ts";

export interface LocatedIssue extends Issue {
  /** The name of the file, as it was given. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The line in question, and how many of its characters are meant. */
  readonly source: string;
  readonly length: number;
}

export interface ReadModel {
  /** What the file holds, if it could be read as a mapping: not necessarily a valid model. */
  readonly spec?: ModelSpec;
  /** There unless there is an error. */
  readonly model?: Model;
  readonly issues: readonly LocatedIssue[];
}

/** Reads and checks a model. `file` is its name, for messages only. Never throws for what is in the text. */
export function readModel(text: string, file: string): ReadModel {
  const lines = new LineCounter();
  const located = (issue: Issue, { line, column, length }: Place): LocatedIssue => {
    const source = text.split("\n")[line - 1]?.replace(/\r$/, "") ?? "";
    return { ...issue, file, line, column, length, source };
  };
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const documents = Array.isArray(parsed) ? parsed : [];
  const [document] = documents;
  if (
    document === undefined ||
    (isScalar(document.contents) && document.contents.value === null) ||
    !document.contents
  ) {
    const broken = document?.errors.map((error) => syntaxIssue(error, text, lines)) ?? [];
    const issues = broken.length > 0 ? broken : [{ issue: emptyFile, place: { line: 1, column: 1, length: 1 } }];
    return { issues: issues.map(({ issue, place }) => located(issue, place)) };
  }

  const problems = [
    ...syntaxProblems(document, lines, text),
    ...unresolvedAliases(document, lines, text),
    ...documents.slice(1).map((extra) => severalDocuments(extra, lines, text)),
  ];
  if (problems.length > 0) return { issues: problems.map(({ issue, place }) => located(issue, place)) };

  let spec: unknown;
  try {
    spec = document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    const message = `The file must be readable YAML, but ${(error as Error).message}.`;
    return { issues: [located(plainIssue(message), { line: 1, column: 1, length: 1 })] };
  }
  const { model, issues } = checkModel(spec);
  const places = issues.map((issue) => located(issue, placeOf(issue, document, lines, text)));
  places.sort((a, b) => a.line - b.line || a.column - b.column);
  return { ...(isMap(document.contents) && { spec: spec as ModelSpec }), ...(model && { model }), issues: places };
}

/**
 * An issue for a terminal: `file:line:column  error  message`, then what to do about it, then the line with a caret.
 */
export function formatIssue(issue: LocatedIssue): string {
  const { file, line, column, length, severity, message, suggestion } = issue;
  const number = String(line);
  // Long lines (a matrix on one) are shown around the place that is meant.
  const from = column > 100 ? column - 60 : 0;
  const shown = shortened(issue.source.slice(from).replaceAll("\t", " "), 116);
  const start = column - 1 - from;
  const caret = "^".repeat(Math.max(1, Math.min(length, shown.length - start)));
  return [
    `${file}:${line}:${column}  ${severity}  ${message}`,
    ...(suggestion ? [`  ${suggestion}`] : []),
    ...(issue.source.trim() === ""
      ? []
      : [`  ${number} | ${shown}`, `  ${" ".repeat(number.length)} | ${" ".repeat(start)}${caret}`]),
  ].join("\n");
}

interface Problem {
  readonly issue: Issue;
  readonly place: Place;
}

const emptyFile = plainIssue(
  "The file must hold a model, but is empty.",
  "`bosonize init` writes one to start from; docs/model-file.md explains it.",
);

function plainIssue(message: string, suggestion?: string): Issue {
  return { path: [], severity: "error", message, ...(suggestion && { suggestion }) };
}

/**
 * What keeps the text from being YAML. A first mistake often makes nonsense of all that follows, so that one is
 * told.
 */
function syntaxProblems(document: Document, lines: Lines, text: string): Problem[] {
  const split = splitExpressions(document, lines, text);
  const problems = [...document.errors, ...document.warnings];
  const duplicates = problems.filter((error) => error.code === "DUPLICATE_KEY");
  const first = split.length > 0 ? undefined : problems.find((error) => error.code !== "DUPLICATE_KEY");
  return [...split, ...[...duplicates, ...(first ? [first] : [])].map((error) => syntaxIssue(error, text, lines))];
}

function syntaxIssue(error: YAMLError, text: string, lines: Lines): Problem {
  const [from, to] = error.pos;
  // Of a duplicate key the parser gives the first letter only.
  const end = error.code === "DUPLICATE_KEY" ? from + (/^[^\s:]+/.exec(text.slice(from))?.[0].length ?? 1) : to;
  const place = placeOfRange(Math.min(from, text.length), end, lines, text);
  const line = (text.split("\n")[place.line - 1] ?? "").replace(/#.*/, "");
  const general = /\{.*\(|\[.*\(/.test(line) ? quoteInBraces : "Check indentation, colons and brackets.";
  const help = /followed by map values/.test(error.message) ? colonAndSpace : (syntaxHelp[error.code] ?? general);
  const said = error.message.replace(/\.$/, "");
  const what = `${said.charAt(0).toLowerCase()}${said.slice(1)}`;
  return { issue: plainIssue(`The file must be readable YAML or JSON, but here: ${what}.`, help), place };
}

const quoteInBraces = "Inside { } and [ ], an expression with a comma or quotes must itself be quoted: '…'.";

const colonAndSpace = "A key needs a colon and a space after it, as in `dims: 2`.";

const syntaxHelp: Partial<Record<YAMLError["code"], string>> = {
  DUPLICATE_KEY: "Each key may stand once; the second of the two is marked. Take one away.",
  BLOCK_AS_IMPLICIT_KEY: "The next line may be indented too far; a text with a colon in it needs quotes.",
  MULTILINE_IMPLICIT_KEY: colonAndSpace,
  TAB_AS_INDENT: "Indent with spaces.",
  TAG_RESOLVE_FAILED: "A word with ! is a YAML tag, which a model does not need; quote it if it is a text.",
};

function unresolvedAliases(document: Document, lines: Lines, text: string): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) !== undefined) return;
      const [from, to] = node.range ?? [0, 1];
      const issue = plainIssue(
        `\`*${node.source}\` must name an anchor of the file, but there is none.`,
        "A value that begins with * is a YAML alias; quote it if it is an expression.",
      );
      problems.push({ issue, place: placeOfRange(from, to, lines, text) });
    },
  });
  return problems;
}

function severalDocuments(extra: Document, lines: Lines, text: string): Problem {
  const issue = plainIssue(
    "The file must hold one model, but a second one begins here.",
    "Put each into a file of its own.",
  );
  const from = extra.range?.[0] ?? 0;
  return { issue, place: placeOfRange(Math.min(from, text.length), from + 1, lines, text) };
}

/**
 * In `{ system: kron(sigmaz, qeye(2)), site: sigmap }` YAML takes the comma inside kron(…) for the end of the value.
 * What is left of the expression is a text with more ( than ); nothing that is meant looks like that.
 */
function splitExpressions(document: Document, lines: Lines, text: string): Problem[] {
  const problems: Problem[] = [];
  const look = (node: unknown, next: unknown): void => {
    if (!isScalar(node) || node.type !== "PLAIN" || typeof node.value !== "string" || !node.range) return;
    if (count(node.value, "(") <= count(node.value, ")") || next === undefined) return;
    const issue = plainIssue(
      `An expression inside { } or [ ] must not be cut by a comma, but \`${shortened(node.value)}\` is.`,
      `Quote the whole expression, '${shortened(node.value)}, …', or write it on a line of its own.`,
    );
    problems.push({ issue, place: placeOfRange(node.range[0], node.range[1], lines, text) });
  };
  visit(document, {
    Map(_, node) {
      if (!node.flow) return;
      for (const [i, pair] of node.items.entries()) look(pair.value ?? pair.key, node.items[i + 1]);
    },
    Seq(_, node) {
      if (!node.flow) return;
      for (const [i, item] of node.items.entries()) look(item, node.items[i + 1]);
    },
  });
  return problems;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Line and column from 1, and how many characters the caret underlines. */
interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/**
 * The place of what an issue means: its key or value; characters of an expression if the value is written on one line
 * as it is read; the key of the mapping that lacks something.
 */
function placeOf(issue: Issue, document: Document, lines: Lines, text: string): Place {
  let node: unknown = document.contents;
  let key: Node | undefined;
  let depth = 0;
  for (const step of issue.path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((one) => String(keyText(one)) === String(step));
      if (!pair) break;
      key = pair.key as Node;
      node = pair.value;
    } else if (isCollection(node) && typeof step === "number") {
      const item = node.items[step];
      if (item === undefined) break;
      key = undefined;
      node = isPair(item) ? item.value : item;
    } else break;
    depth++;
  }
  const found = depth === issue.path.length;
  const value = hasRange(node) ? node : undefined;
  if (found && !issue.key && value && issue.span) {
    const place = spanInScalar(value, issue.span, lines, text);
    if (place) return place;
  }
  // An empty value has no width, and a whole mapping is too wide to point at: its key says it better.
  const empty = !value || value.range[0] === value.range[1];
  const pointAtKey = key && (!found || issue.key || empty || isCollection(node));
  const target = pointAtKey && hasRange(key) ? key : value;
  return target ? placeOfRange(target.range[0], target.range[1], lines, text) : { line: 1, column: 1, length: 1 };
}

/** The place of characters from…to of the text, no further than the end of the first line. */
function placeOfRange(from: number, to: number, lines: Lines, text: string): Place {
  const { line, col } = lines.linePos(from);
  const lineEnd = text.indexOf("\n", from);
  const end = Math.min(to, lineEnd < 0 ? text.length : lineEnd);
  const length = text.slice(from, end).trimEnd().length;
  return { line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, length) };
}

interface Ranged {
  readonly range: readonly [number, number, number];
}

function hasRange(node: unknown): node is Ranged {
  return typeof node === "object" && node !== null && Array.isArray((node as Partial<Ranged>).range);
}

function keyText(pair: Pair): unknown {
  return isScalar(pair.key) ? pair.key.value : pair.key;
}

function spanInScalar(
  node: Ranged,
  span: { readonly start: number; readonly end: number },
  lines: Lines,
  text: string,
): Place | undefined {
  if (!isScalar(node) || typeof node.value !== "string") return undefined;
  const quotes = node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE" ? 1 : 0;
  const start = node.range[0] + quotes;
  // Escapes, folding and block scalars move the characters about.
  if (text.slice(start, start + node.value.length) !== node.value) return undefined;
  return placeOfRange(start + span.start, start + Math.max(span.end, span.start + 1), lines, text);
}
