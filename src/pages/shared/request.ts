/** An answer of the server that was not a success. The message is its sentence, fit to be shown. */
export class RequestProblem extends Error {
  /** HTTP status; 0 when the server was not reached. */
  readonly status: number;
  /** The server's short word for the problem, for example `signed_out`; empty when it gave none. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'RequestProblem';
    this.status = status;
    this.code = code;
  }
}

const NOT_REACHED = 'We cannot be reached at the moment. Please check your connection.';
const NO_SENTENCE = 'Something went wrong on our side. Please try again in a minute.';

/**
 * Asks the page's own server. A plain object is sent as JSON, FormData as it is.
 * @throws RequestProblem
 */
export async function request<T>(
  method: 'GET' | 'POST',
  url: string,
  body?: object | FormData,
  headers: Record<string, string> = {},
): Promise<T> {
  const isForm = body instanceof FormData;
  const json: Record<string, string> =
    body && !isForm ? { 'content-type': 'application/json' } : {};
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...json, ...headers },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
  } catch {
    throw new RequestProblem(0, 'not_reached', NOT_REACHED);
  }
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new RequestProblem(response.status, answer?.code ?? '', answer?.error ?? NO_SENTENCE);
}
