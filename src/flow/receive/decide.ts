import { isUnconfirmed } from '../../domain/conversation.ts';
import { whereItStands } from '../../domain/phrases/answers.ts';
import { askExport, confirmChoices, jobChoices, person } from '../../domain/phrases/choices.ts';
import {
  greeting,
  nothingWaits,
  notMine,
  notUnderstood,
  pleaseYesOrNo,
  unreadable,
  welcome,
  whichJob,
} from '../../domain/phrases/conversation.ts';
import { filesPassedOn } from '../../domain/phrases/person.ts';
import type { Intent } from '../../domain/understand/intents.ts';
import { answerQuestion } from './answer-question.ts';
import { askToCancel } from './cancel.ts';
import { summary } from './change-options.ts';
import { answerExpected } from './expected.ts';
import { extend } from './extend.ts';
import { giveUp, handOver, passOn, withNotice } from './hand-over.ts';
import { pastRetention, refusal } from './identify.ts';
import { deadLinks, resend } from './links.ts';
import { remindOfSummary } from './react-to-summary.ts';
import { rebuildOffer } from './rebuild.ts';
import { answer, combine, type Reply } from './reply.ts';
import { request } from './request.ts';
import { standingOf, type Turn } from './turn.ts';

/** After so many messages in a row that it did not understand, the bot hands over to a human. */
const MAX_MISSES = 2;
/** From here on, "other" means something else for sure, and not that the bot did not understand. */
const SURE = 0.8;

/** What is answered to a message, and what it changes. */
export function decide(turn: Turn): Reply {
  if (turn.conversation.humanSince) return passOn(turn);
  return remindOfSummary(turn, answerExpected(turn) ?? answerAll(turn));
}

function answerAll(turn: Turn): Reply {
  const replies = turn.understood.intents
    .map((intent) => replyTo(turn, intent))
    .filter((reply) => reply !== null);
  return replies.length > 0 ? combine(replies) : notAnswered(turn);
}

function replyTo(turn: Turn, intent: Intent): Reply | null {
  const { ticket } = turn;
  const isStranger = turn.standings.length === 0;
  switch (intent) {
    case 'request_export':
    case 'request_custom_export':
      return request(turn);
    case 'request_extension':
      return isStranger ? refusal(turn) : extend(turn, ticket);
    case 'link_expired':
      return isStranger ? refusal(turn) : deadLinks(turn, ticket);
    case 'resend_csv':
      return isStranger ? refusal(turn) : resend(turn, ticket);
    case 'cancel_request':
      return isStranger ? refusal(turn) : askToCancel(turn, ticket);
    case 'talk_to_human':
      return handOver(turn);
    case 'confirm_yes':
    case 'confirm_no':
      return nothingAsked(turn);
    case 'smalltalk':
      return courtesy(turn);
    default:
      return answerQuestion(turn, intent);
  }
}

/** A yes or no that answers nothing. A summary that waits is shown first: only a yes to it counts. */
function nothingAsked(turn: Turn): Reply {
  const { ticket, progress, now, language } = turn;
  if (!ticket) return answer(nothingWaits(language), [askExport(language)]);
  const standing = standingOf(turn, ticket.accountId);
  if (standing && isUnconfirmed(ticket)) {
    return pastRetention(turn, standing) ?? summary(turn, standing, ticket);
  }
  const invoices = standing?.invoices ?? [];
  return answer(
    `${nothingWaits(language)} ${whereItStands(language, ticket, { progress, invoices, now })}`,
  );
}

function courtesy(turn: Turn): Reply {
  const { language } = turn;
  const thanks = /\b(thank|thx|ty|cheers|appreciate|great|awesome|cool|nice|bye)/i.test(turn.text);
  return answer(
    thanks ? welcome(language) : greeting(language),
    thanks || turn.ticket ? [] : [askExport(language)],
  );
}

/** Something else than exports, or nothing that is understood: one short question, and in the end a human. */
function notAnswered(turn: Turn): Reply {
  const { conversation, inbound, ticket, understood, text, language } = turn;
  if (text === '' && inbound.files.length > 0 && ticket) {
    return withNotice(turn, answer(filesPassedOn(language)), 'The customer sent files.');
  }
  if (text !== '' && understood.confidence >= SURE) {
    return answer(
      notMine(language),
      turn.standings.length > 0 && !ticket
        ? [person(language), askExport(language)]
        : [person(language)],
    );
  }
  const misses = conversation.misses + 1;
  if (misses >= MAX_MISSES) return giveUp(turn, misses);
  const again =
    askAgain(turn) ?? answer(notUnderstood(language), [askExport(language), person(language)]);
  const texts = text === '' ? [unreadable(language)] : again.texts;
  return { ...again, texts, conversation: { ...again.conversation, misses } };
}

/** The question that was open, once more, so that a yes is never taken for an answer to another one. */
function askAgain(turn: Turn): Reply | null {
  const { awaiting, ticket, language } = turn;
  if (!awaiting || !ticket) return null;
  switch (awaiting.what) {
    case 'confirmation':
      return isUnconfirmed(ticket)
        ? answer(pleaseYesOrNo(language), confirmChoices(language), { conversation: { awaiting } })
        : null;
    case 'cancellation':
      return askToCancel(turn, ticket);
    case 'extension':
      return extend(turn, ticket);
    case 'rebuild':
      return rebuildOffer(turn, ticket);
    case 'job':
      return answer(whichJob(language), jobChoices(language, awaiting.titles), {
        conversation: { awaiting },
      });
    default:
      return null;
  }
}
