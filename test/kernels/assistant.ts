/** A thread that takes part in what it is invited to, one thing after the other. */

import { parentPort } from "node:worker_threads";
import { assist, type Invitation } from "../../src/kernels/team.ts";

parentPort?.on("message", (invitation: Invitation) => assist(invitation));
parentPort?.postMessage("ready");
