/** Which known word was meant by a misspelt one. */

/**
 * Number of insertions, deletions, replacements and exchanges of neighbours that turn one word into the other
 * (optimal string alignment, a restricted Damerau-Levenshtein distance).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(row[j - 1] + 1, last[j] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, beforeLast[j - 2] + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/**
 * The known word nearest to the given one, or undefined if none is near: upper and lower case and underscores do not
 * count, and a third of the letters may be wrong. Words too long to be names are not compared.
 */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  if (word.length > 40) return undefined;
  const plain = bare(word);
  let closest: string | undefined;
  let least = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(plain, bare(candidate));
    // One wrong letter in a word of one or two letters leaves nothing of it.
    if (distance < least && distance < Math.max(plain.length, 1)) {
      least = distance;
      closest = candidate;
    }
  }
  return closest;
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[_\s-]/g, "");
}
