/** Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours, each 1. */
export function editDistance(a: string, b: string): number {
  const s = [...a];
  const t = [...b];
  let previous2: number[] = [];
  let previous: number[] = Array.from({ length: t.length + 1 }, (_, j) => j);
  for (let i = 1; i <= s.length; i++) {
    const current = [i];
    for (let j = 1; j <= t.length; j++) {
      const cost = s[i - 1] === t[j - 1] ? 0 : 1;
      let best = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost);
      if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1]) best = Math.min(best, previous2[j - 2] + 1);
      current.push(best);
    }
    previous2 = previous;
    previous = current;
  }
  return previous[t.length];
}

/** Names longer than this are compared by prefix only, so that hostile input stays cheap. */
const LONGEST_COMPARED = 64;

/** The candidate nearest to `name`, or undefined when none is within a third of its length. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.slice(0, LONGEST_COMPARED);
  let best: string | undefined;
  let bestScore = Math.max(1, Math.ceil([...wanted].length / 3)) + 0.75;
  for (const candidate of candidates) {
    const other = candidate.slice(0, LONGEST_COMPARED);
    if (other === wanted) continue;
    const sameButCase = other.toLowerCase() === wanted.toLowerCase();
    const score = sameButCase ? 0.5 : editDistance(wanted.toLowerCase(), other.toLowerCase());
    if (score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** `did you mean \`x\`?`, or undefined. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const found = nearest(name, candidates);
  return found === undefined ? undefined : `did you mean \`${found}\`?`;
}
