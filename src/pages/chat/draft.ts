import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { addFiles } from './chosen-files.ts';
import { keep, readKept } from './kept.ts';

/** The message that is being written. */
export type Draft = {
  text: Signal<string>;
  files: Signal<File[]>;
  problem: Signal<string | null>;
  field: RefObject<HTMLTextAreaElement | null>;
  write(text: string): void;
  attach(more: Iterable<File>): void;
  detach(file: File): void;
  clear(): void;
};

/** The draft of a thread; its words are still there after a reload. */
export function useDraft(thread: string): Draft {
  const text = useSignal('');
  const files = useSignal<File[]>([]);
  const problem = useSignal<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    text.value = readKept(thread).draft;
    files.value = [];
    problem.value = null;
  }, [thread]);

  const write = (next: string) => {
    text.value = next;
    problem.value = null;
    keep(thread, { draft: next });
  };

  return {
    text,
    files,
    problem,
    field,
    write,
    attach(more) {
      const added = addFiles(files.value, more);
      files.value = added.files;
      problem.value = added.problem;
    },
    detach(file) {
      files.value = files.value.filter((one) => one !== file);
      problem.value = null;
      field.current?.focus();
    },
    clear() {
      write('');
      files.value = [];
    },
  };
}
