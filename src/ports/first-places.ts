/** Where each stored file of an export was put first: exact, in memory that does not grow with the account. */
export interface FirstPlaces {
  /** The path that was noted for what is stored in this place; null when there was none, and then this one is noted. */
  claim(place: string, path: string): string | null;
  close(): void;
}

export type OpenFirstPlaces = () => FirstPlaces;
