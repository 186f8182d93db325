import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';

const Message = z.object({ text: z.string() });

/** The messages of a stream, one a line: plain text, or JSON `{"text": …}`. */
export async function* messageLines(input: Readable): AsyncIterable<string> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield messageOf(line);
  }
}

function messageOf(line: string): string {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    const parsed = Message.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data.text : line;
  } catch {
    // Not JSON after all: a customer may begin a sentence with a brace.
    return line;
  }
}
