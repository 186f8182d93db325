/** A request that is refused. The message is one sentence for the person in the chat: what was wrong, what to do. */
export class ChatProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ChatProblem';
    this.status = status;
    this.code = code;
  }
}
