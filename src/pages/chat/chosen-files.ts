import { LIMITS } from '../../domain/chat-view.ts';
import { hasAcceptedEnding, WRONG_KIND_SENTENCE } from '../../domain/chat-file.ts';
import { clockTime } from '../shared/time.ts';

/**
 * Adds files to those chosen before, as far as they can be sent.
 * @returns the files, and one sentence for the first that was left out
 */
export function addFiles(
  chosen: File[],
  more: Iterable<File>,
): { files: File[]; problem: string | null } {
  const files = [...chosen];
  let problem: string | null = null;
  for (const file of more) {
    const wrong = problemOf(file) ?? (files.length >= LIMITS.files ? tooMany() : null);
    if (wrong) problem ??= wrong;
    else files.push(file);
  }
  return { files, problem };
}

/** Files of a paste; a screenshot has no name of its own, so it gets one. */
export function pastedFiles(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].map((file) => {
    if (file.name !== 'image.png') return file;
    const time = clockTime(new Date()).replace(/\W+/g, '.');
    return new File([file], `Screenshot ${time}.png`, { type: file.type });
  });
}

function problemOf(file: File): string | null {
  if (!hasAcceptedEnding(file.name)) {
    return `“${file.name}” cannot be attached. ${WRONG_KIND_SENTENCE}`;
  }
  if (file.size === 0) return `“${file.name}” is empty. Please check the file.`;
  if (file.size > LIMITS.fileBytes) {
    return `“${file.name}” is larger than ${LIMITS.fileBytes / 1_000_000} MB. Please choose a smaller file.`;
  }
  return null;
}

function tooMany(): string {
  return `At most ${LIMITS.files} files can go with one message. Please send the others after it.`;
}
