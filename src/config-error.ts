/** A setting that is wrong or missing; the message says which, and what to set. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
