/** A growing list of occupation vectors, each found by its contents. */

export class Occupations {
  readonly modes: number;
  /** Row f holds the occupations of Fock state f. */
  rows: Uint16Array;
  count = 0;
  private slots: Int32Array;

  constructor(modes: number) {
    this.modes = modes;
    this.rows = new Uint16Array(64 * Math.max(modes, 1));
    this.slots = new Int32Array(256).fill(-1);
  }

  /** The index of the vector, or −1. */
  find(vector: Uint16Array): number {
    return this.slots[this.slotOf(vector)];
  }

  /** The index of the vector, which is appended if it is new. */
  add(vector: Uint16Array): number {
    const slot = this.slotOf(vector);
    if (this.slots[slot] >= 0) return this.slots[slot];
    const index = this.count++;
    if (this.count * this.modes > this.rows.length) {
      const larger = new Uint16Array(2 * this.rows.length);
      larger.set(this.rows);
      this.rows = larger;
    }
    this.rows.set(vector, index * this.modes);
    this.slots[slot] = index;
    if (2 * this.count > this.slots.length) this.rehash();
    return index;
  }

  private slotOf(vector: Uint16Array): number {
    const mask = this.slots.length - 1;
    let slot = hash(vector, 0, this.modes) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const index = this.slots[slot];
      if (index < 0 || this.equals(index, vector)) return slot;
    }
  }

  private equals(index: number, vector: Uint16Array): boolean {
    const from = index * this.modes;
    for (let k = 0; k < this.modes; k++) if (this.rows[from + k] !== vector[k]) return false;
    return true;
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    const mask = this.slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let slot = hash(this.rows, index * this.modes, this.modes) & mask;
      while (this.slots[slot] >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = index;
    }
  }
}

function hash(values: Uint16Array, from: number, count: number): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < count; k++) h = Math.imul(h ^ values[from + k], 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}
