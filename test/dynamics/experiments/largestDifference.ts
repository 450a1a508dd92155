/** max_t |a(t) − b(t)|. */
export function largest(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, x, t) => Math.max(most, Math.abs(x - b[t])), 0);
}
