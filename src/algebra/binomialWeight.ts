/** Binomial probabilities to full relative precision, also for 10^15 trials (Loader's saddle-point expansion, 2000). */

/** The probability of `successes` in `trials`, each with probability p in (0, 1). */
export function binomialWeight(trials: number, p: number, successes: number): number {
  const failures = trials - successes;
  if (successes < 0 || failures < 0) return 0;
  if (successes === 0) return Math.exp(trials * Math.log1p(-p));
  if (failures === 0) return Math.exp(trials * Math.log(p));
  const exponent =
    stirlingError(trials) -
    stirlingError(successes) -
    stirlingError(failures) -
    deviance(successes, trials * p) -
    deviance(failures, trials * (1 - p));
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * successes * failures));
}

/** log n! − log(√(2πn) (n/e)ⁿ). */
function stirlingError(n: number): number {
  if (n > 15) {
    const s = 1 / (n * n);
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / n;
  }
  let logFactorial = 0;
  for (let k = 2; k <= n; k++) logFactorial += Math.log(k);
  return logFactorial - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
}

/** x log(x/m) + m − x, which is tiny where x is close to m. */
function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m);
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) + m - x;
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let k = 1; k < 100; k++) {
    term *= v * v;
    const next = sum + term / (2 * k + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
