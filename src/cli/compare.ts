import type { Command } from "commander";
export function compare(_program: Command): void {}
