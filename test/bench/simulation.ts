/** Parts of an export, in seconds of building on one core each, and the workers that take them in order. */
export type Simulated = { exportSeconds: number; busyShare: number };

/** Each worker takes the next part when it has built one; nothing else limits it. */
export function simulate(partSeconds: readonly number[], workers: number): Simulated {
  const freeAt = new Array<number>(workers).fill(0);
  for (const seconds of partSeconds) {
    const first = freeAt.indexOf(Math.min(...freeAt));
    freeAt[first] = (freeAt[first] ?? 0) + seconds;
  }
  const exportSeconds = Math.max(...freeAt);
  const work = partSeconds.reduce((sum, seconds) => sum + seconds, 0);
  return { exportSeconds, busyShare: work / (exportSeconds * workers) };
}

/** How long a small export takes that comes when half of the large one is built, when the two take turns. */
export function simulateSmall(
  largeParts: readonly number[],
  smallParts: readonly number[],
  workers: number,
): number {
  const large = [...largeParts];
  const small = [...smallParts];
  const freeAt = new Array<number>(workers).fill(0);
  let cameAt = -1;
  let endedAt = 0;
  let turn: 'large' | 'small' = 'large';
  while (small.length > 0) {
    const now = Math.min(...freeAt);
    const worker = freeAt.indexOf(now);
    if (cameAt < 0 && large.length <= largeParts.length / 2) cameAt = now;
    const isSmall: boolean = cameAt >= 0 && (turn === 'small' || large.length === 0);
    const seconds = (isSmall ? small.shift() : large.shift()) ?? 0;
    freeAt[worker] = now + seconds;
    if (isSmall) endedAt = Math.max(endedAt, now + seconds);
    turn = isSmall || cameAt < 0 ? 'large' : 'small';
  }
  return endedAt - cameAt;
}
