/** Something that a service told us, kept before the service learns that it arrived, until it is worked on. */
export type Arrival = {
  /** Unique for what happened, for example `slack:C1:1700000000.000100`. */
  id: string;
  /** The thread; what belongs to one is worked on in the order in which it came. */
  thread: string;
  /** JSON, as the adapter wants it back. */
  content: unknown;
};

export interface Arrivals {
  /** Keeps it; false when the same id was kept before. */
  keep(arrival: Arrival, now: Date): boolean;
  /** What is still to be done of the threads that begin so, in the order in which it came. */
  waiting(threadPrefix: string): Arrival[];
  /** What is to be done first of a thread. */
  first(thread: string): Arrival | null;
  /** Done: the content is forgotten, the id is kept. */
  done(id: string, now: Date): void;
  /** The thread of the latest arrival among the threads that begin so. */
  latestThread(threadPrefix: string): string | null;
}

/** Works on what arrived. */
export type Work = {
  /** Begins, also with what was kept before a restart. */
  start(): void;
  /** Something of this thread was kept. */
  look(thread: string): void;
  /** Another process may have kept something. */
  lookAtAll(): void;
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
};
