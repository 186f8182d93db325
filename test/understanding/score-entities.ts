import type { Entities } from '../../src/domain/understand/entities.ts';

export type EntityScore = { entity: string; precision: number; recall: number; f1: number };

const ENTITIES = [
  'email',
  'duration_hours',
  'part_size_gb',
  'jobs',
  'deadline',
  'range',
  'include',
  'one_copy',
  'password',
] as const satisfies (keyof Entities)[];

/** Precision and recall of every entity that is meant somewhere. */
export function scoreEntities(pairs: readonly { meant: Entities; got: Entities }[]): EntityScore[] {
  return ENTITIES.flatMap((entity) => {
    let [both, meantOnly, gotOnly] = [0, 0, 0];
    for (const { meant, got } of pairs) {
      const wanted = itemsOf(entity, meant);
      const found = itemsOf(entity, got);
      const same = wanted.filter((item) => found.includes(item)).length;
      both += same;
      meantOnly += wanted.length - same;
      gotOnly += found.length - same;
    }
    if (both + meantOnly === 0) return [];
    const f1 = (2 * both) / (2 * both + meantOnly + gotOnly);
    const precision = both === 0 ? 0 : both / (both + gotOnly);
    return [{ entity, precision, recall: both / (both + meantOnly), f1 }];
  });
}

function itemsOf(entity: (typeof ENTITIES)[number], entities: Entities): string[] {
  if (entity === 'jobs') return (entities.jobs ?? []).map(plain);
  if (entity === 'include') return entities.include ?? [];
  if (entity === 'deadline') return entities.deadline ? [plain(entities.deadline.text)] : [];
  if (entity === 'range') {
    return entities.range ? [`${entities.range.from} ${entities.range.to}`] : [];
  }
  const value = entities[entity];
  return value === undefined ? [] : [String(value)];
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
