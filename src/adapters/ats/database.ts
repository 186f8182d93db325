/** Values for the named places of a query, such as `:account`. */
export type Parameters = Record<string, string | number | null>;

/**
 * A value as it came. Integers are bigint, so that no digit is lost; decimals are text; times are ISO 8601 in UTC;
 * binary data is a Buffer.
 */
export type RawValue = string | number | bigint | Buffer | BrokenText | null;

/** In the place of a text whose bytes are no valid UTF-8. */
export class BrokenText {}

/** A column of a query. */
export type Column = {
  name: string;
  /** The database's word for it, for people. */
  type: string;
  kind: 'text' | 'number' | 'time' | 'binary';
  /** The database orders this text by the rules of a language, or without regard to case. */
  byLanguage?: boolean;
};

/** What a database says of the way in which it would run a query. */
export type QueryPlan = {
  /** Tables that are read from one end to the other. */
  scans: string[];
  /** The rows are put into order for each page, because no index has them so. */
  sorts: boolean;
  /** All rows are made before the first is given, for each page again. */
  materializes: boolean;
};

/** What differs between the kinds of database, in the SQL that we put around the queries of a source file. */
export type Dialect = {
  name: 'SQLite' | 'PostgreSQL' | 'MySQL';
  quoted(identifier: string): string;
  /** A column as text. */
  asText(expression: string): string;
  /** A column of a key as it is ordered and compared: text by code points, not by the rules of a language. */
  inKeyOrder(column: Column, expression: string): string;
  /** Rows whose key is beyond the one in these places; with `orSame` that key too. */
  beyond(keys: string[], direction: '>' | '<', places: string[], orSame: boolean): string;
  /** `one`: ids of jobs stand as a JSON list in the place `:waybill_jobs`; `each`: every id has a place of its own. */
  jobPlaces: 'one' | 'each';
  /** Rows whose job is one of those in the places. */
  jobIn(expression: string, places: string[]): string;
  /** The same for a column of ids with commas between. */
  anyJobIn(expression: string, places: string[]): string;
};

/** A database that is only read. `name` is the key of the query in the source file, for messages. */
export interface Database {
  dialect: Dialect;
  /** The columns of a query; fails when it is not a plain SELECT that runs here. */
  columns(name: string, sql: string): Promise<Column[]>;
  /** All rows as arrays. */
  rows(name: string, sql: string, parameters: Parameters): Promise<RawValue[][]>;
  /** Does `work` on the database as it is now, whatever others write meanwhile. */
  snapshot<T>(work: (frozen: Database) => Promise<T>): Promise<T>;
  plan(name: string, sql: string, parameters: Parameters): Promise<QueryPlan>;
  /** What in the database itself keeps us from reading it well, as sentences. */
  remarks(): Promise<string[]>;
  close(): Promise<void>;
}

/** How long a query may take, in milliseconds: counting the rows of a large account takes its time. */
export const QUERY_LIMIT_MS = 300_000;

/** Says something that nobody has to act on at once, for the log. */
export type Notice = (text: string) => void;
