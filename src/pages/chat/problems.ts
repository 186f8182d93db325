import { LIMITS } from '../../domain/chat-view.ts';
import { RequestProblem } from '../shared/request.ts';
import { say } from './words.ts';

/** A problem as the reader sees it; one that the page has no words for is said in those of the server. */
export function sayProblem(error: unknown): string {
  if (!(error instanceof RequestProblem)) return say('problem.page');
  switch (error.code) {
    case 'not_reached':
      return say('problem.notReached');
    case 'signed_out':
      return say('problem.sessionEnded');
    case 'other_person':
      return say('problem.otherPerson');
    case 'too_many_files':
      return say('problem.tooMany', { limit: LIMITS.files });
    case 'binary':
    case 'too_long':
      return sayUnclean(error.code);
    default:
      return error.message;
  }
}

/** Why a text cannot be sent. */
export function sayUnclean(code: string): string {
  return code === 'too_long'
    ? say('problem.tooLong', { limit: LIMITS.textChars })
    : say('problem.binary');
}
