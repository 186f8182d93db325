import type { SourceFileShape } from './source-shape.ts';

/** The value that a name has in the environment. */
export type SecretOf = (name: string) => string | undefined;

const PLACE = /\$\{([A-Za-z_]\w*)\}/g;

/**
 * Puts secrets in the places of `${NAME}` in `database` and `storage`. Within a URL they are encoded, so that a
 * password may hold any character; a value that is nothing but `${NAME}` is taken as it is.
 * @param fail is called with the key that names something that is not set
 */
export function fillSecrets(
  source: SourceFileShape,
  secretOf: SecretOf,
  fail: (keys: string[], what: string) => never,
): SourceFileShape {
  function fill<T>(value: T, keys: string[]): T;
  function fill(value: unknown, keys: string[]): unknown {
    if (typeof value === 'string') return fillText(value, keys);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, fill(inner, [...keys, key])]),
    );
  }

  function fillText(text: string, keys: string[]): string {
    const isWhole = /^\$\{\w+\}$/.test(text.trim());
    const isUrl = /^\w+:\/\//.test(text);
    return (isWhole ? text.trim() : text).replace(PLACE, (_, name: string) => {
      const secret = secretOf(name);
      if (!secret) return fail(keys, `${name} is not set in the environment; set it`);
      return isUrl ? encodeURIComponent(secret) : secret;
    });
  }

  const { database, storage, access } = source;
  return {
    ...source,
    database: fill(database, ['database']),
    storage: fill(storage, ['storage']),
    ...(access?.database && {
      access: { ...access, database: fill(access.database, ['access', 'database']) },
    }),
  };
}
