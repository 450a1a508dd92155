/** Measures bosonize in a process of its own: only that is cold, and what ran before does not speed it up. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Ours, OursRequest } from "./ours.ts";
import type { Places } from "./places.ts";

export function askOurs({ bundle }: Places, request: OursRequest): Ours {
  const answer = execFileSync(process.execPath, [join(bundle, "ours.mjs"), JSON.stringify(request)], {
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
    encoding: "utf8",
  });
  return JSON.parse(answer);
}
