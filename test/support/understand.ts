import { openUnderstand } from '../../src/wire-understand.ts';

/** Understanding as the bot has it; learnt once for all tests. */
export const understand = openUnderstand();
