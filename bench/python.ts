/** The Python that the peers run in. */

import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

export interface Python {
  readonly command: string;
  readonly versions: {
    readonly python: string;
    readonly numpy: string;
    readonly scipy: string;
    readonly qutip?: string;
  };
}

/** Debian's packages are seen by the system's Python only, which need not be the first one on the path. */
const usual = ["/usr/bin/python3", "python3"];

const packages = ["python3-qutip", "python3-scipy"];
export const howToInstall = `\`apt-get install ${packages.join(" ")}\`, or \`npm run bench -- peers --install\``;

const versionsScript = `
import json, platform, numpy, scipy
found = {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__}
try:
    import qutip
    found["qutip"] = qutip.__version__
except ImportError:
    pass
print(json.dumps(found))`;

/** The first Python with QuTiP 4, else the first with scipy, else null. */
export function findPython(wanted?: string): Python | null {
  const found = (wanted === undefined ? usual : [wanted]).flatMap((command) => {
    const { status, stdout } = spawnSync(command, ["-c", versionsScript], { encoding: "utf8" });
    return status === 0 ? [{ command, versions: answerIn(stdout) } as Python] : [];
  });
  const whole = found.find(({ versions }) => versions.qutip?.startsWith("4."));
  if (whole !== undefined) return whole;
  const [first] = found;
  if (first === undefined) return null;
  // Scripts are written for QuTiP 4: a later one is as good as none.
  const { qutip: _, ...versions } = first.versions;
  return { ...first, versions };
}

/** Installs the packages by apt-get; gives the reason if that fails. */
export function installPython(): string | null {
  const { status, error } = spawnSync("apt-get", ["install", "--yes", ...packages], { stdio: ["ignore", 2, 2] });
  if (error) return `apt-get could not be started: ${error.message}`;
  return status === 0 ? null : "apt-get failed; is this Debian, and are you root?";
}

/** Sends a request to one of the scripts in bench/peers and gives its answer. One thread. */
export function ask<Answer>(python: Python, root: string, script: string, request: object): Answer {
  const one = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const answer = execFileSync(python.command, [join(root, "bench", "peers", script)], {
    input: JSON.stringify(request),
    env: { ...process.env, ...one, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["pipe", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
    encoding: "utf8",
  });
  return answerIn(answer);
}

/** The last line: what is imported may print before, as QuTiP does the first time ("Calibrating OpenMP threshold"). */
function answerIn<Answer>(printed: string): Answer {
  return JSON.parse(printed.trimEnd().split("\n").at(-1) ?? "");
}
