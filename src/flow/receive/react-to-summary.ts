import { isUnconfirmed } from '../../domain/conversation.ts';
import { confirmChoices } from '../../domain/phrases/choices.ts';
import { summaryStillWaits } from '../../domain/phrases/conversation.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { hasWishes, readWishes } from '../../domain/wishes.ts';
import { answerQuestion } from './answer-question.ts';
import { applyWishes, askWhatToChange, summary, waiting } from './change-options.ts';
import { confirm, decline } from './confirm.ts';
import { handOver } from './hand-over.ts';
import { combine, type Reply } from './reply.ts';
import type { Standing, Turn } from './turn.ts';

/** What a customer says to the summary: yes, no, another wish, or a question first. */
export function reactToSummary(turn: Turn, standing: Standing, ticket: Ticket): Reply | null {
  const { intents, entities } = turn.understood;
  if (intents.includes('talk_to_human')) return handOver(turn);
  const questions = intents
    .map((intent) => answerQuestion(turn, intent))
    .filter((reply) => reply !== null);
  const wishes = readWishes(turn.text, entities, ticket.options, standing.jobs);
  const mayWish = questions.length === 0 || intents.includes('request_custom_export');
  if (mayWish && hasWishes(wishes)) return applyWishes(turn, standing, ticket, wishes);
  if (intents.includes('confirm_no') || intents.includes('cancel_request')) {
    return decline(turn, ticket);
  }
  if (intents.includes('confirm_yes')) {
    return combine([...questions, confirm(turn, standing, ticket)]);
  }
  if (intents.includes('request_custom_export')) return askWhatToChange(turn, ticket);
  if (intents.includes('request_export')) return summary(turn, standing, ticket);
  if (questions.length > 0) return combine(questions);
  return null;
}

/** After another answer the thread is picked up again: the summary still waits for its yes. */
export function remindOfSummary(turn: Turn, reply: Reply): Reply {
  const { awaiting, ticket } = turn;
  if (awaiting?.what !== 'confirmation' || !ticket || !isUnconfirmed(ticket)) return reply;
  const { conversation } = reply;
  if (conversation.awaiting || conversation.humanSince || reply.ticket || reply.open) return reply;
  return {
    ...reply,
    texts: [...reply.texts, summaryStillWaits(turn.language)],
    choices: confirmChoices(turn.language),
    conversation: { ...conversation, ...waiting(ticket) },
  };
}
