import type { Choice } from '../domain/message.ts';

/** A post in a thread of a service that keeps no key of ours with it; so that it is found again after a crash. */
export type ThreadPost = {
  thread: string;
  /** Unique within the thread. */
  key: string;
  /** Of what was posted, to know it again. */
  digest: string;
  /** Answers that went with it, by the id under which the service names the one that was chosen. */
  choices: (Choice & { id: string })[];
};

export interface ThreadPosts {
  /**
   * Notes that something is about to be posted.
   * @returns its id when it was posted; 'begun' when an earlier try ended unknown; 'new' otherwise
   */
  begin(post: ThreadPost, now: Date): 'new' | 'begun' | { postId: string };
  /** Notes the id that the service gave it. */
  posted(thread: string, key: string, postId: string): void;
  /** Whether it was begun, and its id once it was posted. */
  find(thread: string, key: string): { digest: string; postId: string | null } | null;
  /** The ids of what is known to be ours in a thread. */
  postIds(thread: string): string[];
  /** The words of an answer that was offered in the thread. */
  choice(thread: string, choiceId: string): string | null;
}
