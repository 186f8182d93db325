import { openModel } from './adapters/model/open-model.ts';
import { createUnderstand, type Understand } from './domain/understand.ts';

/** Understanding, learnt by `npm ci` or now; `log` is told of what takes time. */
export function openUnderstand(log: (message: string) => void = toStandardError): Understand {
  return createUnderstand(openModel(log));
}

/** Standard output belongs to what was understood. */
function toStandardError(message: string): void {
  process.stderr.write(`${message}\n`);
}
