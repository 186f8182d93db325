/** An answer that is not what was asked for: an HTTP status and one sentence for the agent. */
export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: 400 | 401 | 403 | 404 | 409 | 429, sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.statusCode = statusCode;
  }
}
