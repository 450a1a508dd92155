/** Numbers in memory, one by one and as vectors. */

/** Entry i of a list of whole numbers. */
@inline export function index(at: usize, i: usize): usize {
  return <usize>load<u32>(at + (i << 2));
}

@inline export function get(at: usize, i: i32): f64 {
  return load<f64>(at + ((<usize>i) << 3));
}

@inline export function put(at: usize, i: i32, x: f64): void {
  store<f64>(at + ((<usize>i) << 3), x);
}

@inline export function sumOf(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

export function clear(at: usize, count: i32): void {
  memory.fill(at, 0, (<usize>count) << 3);
}

@inline export function even(n: i32): i32 {
  return (n + 1) & ~1;
}

@inline export function dot(a: usize, b: usize, length: i32): f64 {
  let sum = f64x2.splat(0);
  let sum2 = f64x2.splat(0);
  const end4 = (<usize>(length & ~3)) << 3;
  let c: usize = 0;
  for (; c < end4; c += 32) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(a + c), v128.load(b + c)));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.load(a + c, 16), v128.load(b + c, 16)));
  }
  let total = sumOf(f64x2.add(sum, sum2));
  for (let i = length & ~3; i < length; i++) total += get(a, i) * get(b, i);
  return total;
}

/** a += s·b. */
@inline export function addScaled(a: usize, s: f64, b: usize, length: i32): void {
  const ss = f64x2.splat(s);
  const end = (<usize>(length & ~1)) << 3;
  for (let c: usize = 0; c < end; c += 16) {
    v128.store(a + c, f64x2.add(v128.load(a + c), f64x2.mul(ss, v128.load(b + c))));
  }
  if (length & 1) put(a, length - 1, get(a, length - 1) + s * get(b, length - 1));
}
