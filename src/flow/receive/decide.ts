import { isUnconfirmed } from '../../domain/conversation.ts';
import { whereItStands } from '../../domain/phrases/answers.ts';
import {
  ASK_EXPORT,
  filesPassedOn,
  greeting,
  notMine,
  notUnderstood,
  nothingWaits,
  PERSON,
  unreadable,
  welcome,
} from '../../domain/phrases/conversation.ts';
import type { Intent } from '../../domain/understand/intents.ts';
import { answerQuestion } from './answer-question.ts';
import { askToCancel } from './cancel.ts';
import { answerExpected } from './expected.ts';
import { extend } from './extend.ts';
import { handOver, passOn, withNotice } from './hand-over.ts';
import { refusal } from './identify.ts';
import { deadLinks, resend } from './links.ts';
import { askYesOrNo, stillWaiting } from './react-to-summary.ts';
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
  const expected = answerExpected(turn);
  if (expected) return expected;
  const replies = turn.understood.intents
    .map((intent) => replyTo(turn, intent))
    .filter((reply) => reply !== null);
  return replies.length > 0 ? combine(replies) : missed(turn);
}

function replyTo(turn: Turn, intent: Intent): Reply | null {
  const { ticket } = turn;
  const isStranger = turn.standings.length === 0;
  switch (intent) {
    case 'request_export':
    case 'request_custom_export':
      return request(turn);
    case 'request_extension':
      return isStranger ? refusal() : extend(turn, ticket);
    case 'link_expired':
      return isStranger ? refusal() : deadLinks(turn, ticket);
    case 'resend_csv':
      return isStranger ? refusal() : resend(turn, ticket);
    case 'cancel_request':
      return isStranger ? refusal() : askToCancel(ticket);
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

/** A yes or no that answers nothing: where it stands says more. */
function nothingAsked(turn: Turn): Reply {
  const { ticket, progress, now } = turn;
  if (!ticket) return answer(nothingWaits(), [ASK_EXPORT]);
  const invoices = standingOf(turn, ticket.accountId)?.invoices ?? [];
  return answer(`${nothingWaits()} ${whereItStands(ticket, { progress, invoices, now })}`);
}

function courtesy(turn: Turn): Reply {
  const thanks = /\b(thank|thx|ty|cheers|appreciate|great|awesome|cool|nice|bye)/i.test(turn.text);
  const reply = answer(thanks ? welcome() : greeting(), thanks || turn.ticket ? [] : [ASK_EXPORT]);
  const waits = turn.awaiting?.what === 'confirmation' && turn.ticket && isUnconfirmed(turn.ticket);
  return waits && turn.ticket ? stillWaiting(reply, turn.ticket) : reply;
}

/** One short question, and after MAX_MISSES in a row a human. */
function missed(turn: Turn): Reply {
  const { conversation, inbound, ticket, awaiting, understood } = turn;
  if (turn.text === '' && inbound.files.length > 0 && ticket) {
    return withNotice(turn, answer(filesPassedOn()), 'The customer sent files.');
  }
  const misses = conversation.misses + 1;
  if (misses >= MAX_MISSES) return handOver(turn);
  if (turn.text === '') return answer(unreadable(), [PERSON], { conversation: { misses } });
  if (understood.confidence >= SURE) {
    const choices = turn.standings.length > 0 && !ticket ? [PERSON, ASK_EXPORT] : [PERSON];
    return answer(notMine(), choices, { conversation: { misses, awaiting } });
  }
  if (awaiting?.what === 'confirmation' && ticket && isUnconfirmed(ticket)) {
    return askYesOrNo(ticket, misses);
  }
  return answer(notUnderstood(), [ASK_EXPORT, PERSON], { conversation: { misses, awaiting } });
}
