import type { DeskEvent } from '../../domain/desk-view.ts';
import { sayCount } from '../../domain/words.ts';
import { Panel } from './panel.tsx';
import { Scroll } from './scroll.tsx';
import { When } from './when.tsx';

/** What happened, and what the desk was told of it; the newest first. */
export function History({ events, notices }: { events: DeskEvent[]; notices: DeskEvent[] }) {
  return (
    <Panel title="History" name="history">
      <Scroll name="events-scroll" label="What happened">
        <Events events={events} />
        {events.length === 0 && <p class="muted small">Nothing has happened yet.</p>}
      </Scroll>
      {notices.length > 0 && (
        <details>
          <summary>{sayCount(notices.length, 'notice')} to the desk</summary>
          <Scroll name="events-scroll" label="Notices to the desk">
            <Events events={notices} />
          </Scroll>
        </details>
      )}
    </Panel>
  );
}

function Events({ events }: { events: DeskEvent[] }) {
  return (
    <ol class="plain events">
      {[...events].reverse().map((event, place) => (
        <li key={events.length - place} class="event" data-kind={event.kind}>
          <p dir="auto" class="event-text">
            <strong>
              <bdi>{event.who}</bdi>
            </strong>{' '}
            {event.text}
          </p>
          <p class="small muted">
            <When at={event.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
