import type { Coverage } from './coverage.ts';
import type { LinkRow } from './links-csv.ts';

/** What the download page shows of an export. */
export type ExportView = {
  accountName: string;
  /** Number of the ticket, as the customer knows it: "request 12". */
  number: number;
  expiresAt: Date;
  /** Number of files that could not be exported. */
  missing: number;
  /** In the order of the links CSV. */
  files: (LinkRow & { done: 'all' | 'some' | 'none' })[];
  /** How much of the ZIPs was downloaded. */
  coverage: Coverage;
};
