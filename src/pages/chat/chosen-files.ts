import { hasAcceptedEnding } from '../../domain/chat-file.ts';
import { LIMITS } from '../../domain/chat-view.ts';
import { sayBytes } from '../../domain/words.ts';
import { clockTime } from '../shared/time.ts';
import { language, locale, say } from './words.ts';

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
    const time = clockTime(new Date(), locale.value).replace(/\W+/g, '.');
    return new File([file], `Screenshot ${time}.png`, { type: file.type });
  });
}

function problemOf(file: File): string | null {
  if (!hasAcceptedEnding(file.name)) {
    return say('problem.wrongKind', { name: file.name });
  }
  if (file.size === 0) return say('problem.emptyFile', { name: file.name });
  if (file.size > LIMITS.fileBytes) {
    const size = sayBytes(LIMITS.fileBytes, language.value);
    return say('problem.tooLarge', { name: file.name, size });
  }
  return null;
}

function tooMany(): string {
  return say('problem.tooMany', { limit: LIMITS.files });
}
