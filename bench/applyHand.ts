/** The second thread of bench/applyThreads.ts: takes part in what it is invited to. */

import { parentPort } from "node:worker_threads";
import { assist, type Invitation } from "../src/kernels/team.ts";

parentPort?.on("message", (invitation: Invitation) => {
  assist(invitation);
  parentPort?.postMessage("left");
});
parentPort?.postMessage("ready");
