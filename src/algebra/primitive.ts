/** Integrals up to any point of what is known at the nodes of a Gauss rule. */

import { gaussRule, uniform } from "./gauss.ts";

/** Nodes in an interval: what is a polynomial of a lower degree is integrated exactly. */
const count = 32;

const rule = gaussRule(uniform, count);

/** P_k at the q-th node in k·count + q. */
const atNodes = Float64Array.from(
  { length: count * count },
  (_, e) => legendre(count, rule.nodes[e % count]).at(Math.floor(e / count)) ?? 0,
);

/** x ↦ ∫_0^x g for x from 0 to `end`, g being asked for at 32 places between: a Legendre series, integrated. */
export function primitive(g: (x: number) => number, end: number): (x: number) => number {
  const values = rule.nodes.map((node) => g(0.5 * end * (node + 1)));
  const series = Float64Array.from({ length: count }, (_, k) => {
    let sum = 0;
    for (let q = 0; q < count; q++) sum += rule.weights[q] * atNodes[k * count + q] * values[q];
    // ∫_{−1}^y P_k = (P_{k+1}(y) − P_{k−1}(y))/(2k + 1), and P_k has the square 1/(2k + 1).
    return 0.5 * end * sum;
  });
  return (x) => {
    const p = legendre(count + 1, (2 * x) / end - 1);
    let integral = series[0] * (p[1] + 1);
    for (let k = 1; k < count; k++) integral += series[k] * (p[k + 1] - p[k - 1]);
    return integral;
  };
}

/** P_0 … P_n at y. */
function legendre(n: number, y: number): Float64Array {
  const p = new Float64Array(n + 1);
  p[0] = 1;
  p[1] = y;
  for (let k = 1; k < n; k++) p[k + 1] = ((2 * k + 1) * y * p[k] - k * p[k - 1]) / (k + 1);
  return p;
}
