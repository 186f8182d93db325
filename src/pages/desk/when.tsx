import { fromNow, fullTime, shortTime } from '../shared/time.ts';
import { now } from './state.ts';

/** A time: how far away it is, with the exact one beside it or behind it. */
export function When({ at, exact = true }: { at: string; exact?: boolean }) {
  const time = new Date(at);
  return (
    <time dateTime={at} title={fullTime(time)} class="when">
      {fromNow(time, now.value)}
      {exact && <span class="when-exact">{shortTime(time, now.value)}</span>}
    </time>
  );
}
