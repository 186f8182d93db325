/** A file as the script fetches it. */
export type PageFile = {
  name: string;
  sizeBytes: number;
  sha256: string;
  url: string;
  /** Every byte of it was sent to somebody. */
  sent: boolean;
};

/** What the script of the download page is told of an export. Times are ISO 8601 in UTC. */
export type PageState = {
  number: number;
  now: string;
  expiresAt: string | null;
  /** More files are to come. */
  building: boolean;
  files: PageFile[];
};
