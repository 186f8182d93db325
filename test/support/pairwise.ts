/** Rows in which every value of each choice meets every value of each other choice at least once; greedy, always the same. */
export function pairwise<T extends Record<string, readonly unknown[]>>(
  choices: T,
): { [K in keyof T]: T[K][number] }[] {
  const names = Object.keys(choices);
  const open = new Set<string>();
  const pair = (a: number, x: number, b: number, y: number) => `${a}:${x} ${b}:${y}`;
  const sizes = names.map((name) => choices[name]?.length ?? 0);
  for (let a = 0; a < names.length; a++) {
    for (let b = a + 1; b < names.length; b++) {
      for (let x = 0; x < (sizes[a] ?? 0); x++) {
        for (let y = 0; y < (sizes[b] ?? 0); y++) open.add(pair(a, x, b, y));
      }
    }
  }
  const rows: number[][] = [];
  while (open.size > 0) {
    const row: number[] = [];
    for (let a = 0; a < names.length; a++) {
      const values = Array.from({ length: sizes[a] ?? 0 }, (_, value) => value);
      // With what is chosen already, and with what may still be chosen.
      const gain = (x: number) =>
        [...open].filter((one) => {
          const [[c = 0, w = 0] = [], [d = 0, y = 0] = []] = one
            .split(' ')
            .map((part) => part.split(':').map(Number));
          if (d === a && y === x) return row[c] === w;
          return false;
        }).length *
          1_000 +
        [...open].filter((one) => one.startsWith(`${a}:${x} `)).length;
      row.push(values.reduce((best, value) => (gain(value) > gain(best) ? value : best), 0));
    }
    const before = open.size;
    cover(row);
    if (open.size === before) {
      // Nothing was won: take a pair that is open and fill up with the first values.
      const [first = ''] = open;
      const forced = names.map(() => 0);
      for (const [name = 0, value = 0] of first.split(' ').map((p) => p.split(':').map(Number))) {
        forced[name] = value;
      }
      row.splice(0, row.length, ...forced);
      cover(row);
    }
    rows.push(row);
  }
  function cover(row: readonly number[]): void {
    for (let a = 0; a < row.length; a++) {
      for (let b = a + 1; b < row.length; b++) open.delete(pair(a, row[a] ?? 0, b, row[b] ?? 0));
    }
  }
  return rows.map((row) => {
    const entries = names.map((name, index) => [name, choices[name]?.[row[index] ?? 0]]);
    return Object.fromEntries(entries) as { [K in keyof T]: T[K][number] };
  });
}
