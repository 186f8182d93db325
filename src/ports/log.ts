/** Structured log: a static text and fields. Never links, tokens, message bodies or addresses above debug. */
export interface Log {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}
