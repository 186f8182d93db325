/** The time that everything goes by. In sample mode it can be moved forward. */
export interface Clock {
  now(): Date;
  /** Moves the clock forward for every process on this database. Throws outside of sample mode. */
  jump(hours: number): void;
}
