/** SHA-256. Written here because `crypto.subtle` takes 8 ms of a process to load, for a text of a kilobyte. */

/** SHA-256 of the bytes, 64 hexadecimal digits. Source: FIPS 180-4, sections 4.1.2, 5.1.1 and 6.2. */
export function sha256(bytes: Uint8Array): string {
  const state = Int32Array.from(initialState);
  const padded = withLength(bytes);
  const schedule = new Int32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) compress(state, padded, at, schedule);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The message, a one bit, zeros, and its length in bits as 64 of them: a whole number of blocks of 64 bytes. */
function withLength(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new Uint8Array(64 * blocks);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(64 * blocks - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(64 * blocks - 4, (8 * bytes.length) >>> 0);
  return view;
}

function compress(state: Int32Array, message: DataView, at: number, w: Int32Array): void {
  for (let t = 0; t < 16; t++) w[t] = message.getInt32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const [x, y] = [w[t - 15], w[t - 2]];
    const s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
    const s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + constants[t] + w[t]) | 0;
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const next = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] += next[i];
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);

/** The first 32 bits of the fraction of the root of integer `n` of degree `k`, exactly: floor(2^32 n^(1/k)) mod 2^32. */
function rootBits(n: number, k: 2n | 3n): number {
  const target = BigInt(n) << (32n * k);
  let root = BigInt(Math.floor(n ** (1 / Number(k)) * 2 ** 32));
  while (root ** k > target) root--;
  while ((root + 1n) ** k <= target) root++;
  return Number(BigInt.asIntN(32, root));
}

const initialState = primes.slice(0, 8).map((p) => rootBits(p, 2n));
const constants = Int32Array.from(primes, (p) => rootBits(p, 3n));
