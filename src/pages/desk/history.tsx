import type { DeskEvent } from '../../domain/desk-view.ts';
import { Panel } from './panel.tsx';
import { When } from './when.tsx';

/** What happened, the newest first. */
export function History({ events }: { events: DeskEvent[] }) {
  return (
    <Panel title="History" name="history">
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
      {events.length === 0 && <p class="muted">Nothing has happened yet.</p>}
    </Panel>
  );
}
