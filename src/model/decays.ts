/** Whether S decays. */

import type { Model } from "./types.ts";

/** True if S decays by itself. */
export function decays({ protocol }: Model): boolean {
  return protocol !== undefined && protocol.decays.length > 0;
}
