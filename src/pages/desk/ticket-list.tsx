import type { DeskGroupView } from '../../domain/desk-view.ts';
import { Accesses } from './access.tsx';
import { list, onlyGroup, pathOf, rowsWanted, search, selected } from './state.ts';
import { TicketRow } from './ticket-row.tsx';
import { Unsent } from './unsent.tsx';

const MORE_ROWS = 100;

/** All tickets, by what needs somebody first. */
export function TicketList() {
  const view = list.value;
  const groups = view?.groups ?? [];
  const shown = groups.filter(({ group }) => !onlyGroup.value || group === onlyGroup.value);
  return (
    <nav class="list" aria-label="Tickets" onKeyDown={walk}>
      {selected.value === null && <h1 class="visually-hidden">Tickets</h1>}
      <div class="list-head">
        <input
          class="input"
          type="search"
          aria-label="Search by account, requester or number"
          placeholder="Account, requester or number"
          value={search.value}
          maxLength={200}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
        />
        {groups.length > 1 && <Filters groups={groups} />}
        <Accesses accesses={view?.access ?? []} />
        <Unsent messages={view?.unsent ?? []} />
      </div>
      <div class="list-rows">
        {shown.map((group) => (
          <Group key={group.group} view={group} />
        ))}
        {view && shown.length === 0 && <Nothing />}
      </div>
      <p class="visually-hidden" role="status">
        {view && search.value ? `${view.total} tickets found` : ''}
      </p>
    </nav>
  );
}

function Filters({ groups }: { groups: DeskGroupView[] }) {
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">Show one group only</legend>
      {groups.map(({ group, title, count }) => (
        <button
          key={group}
          type="button"
          class="filter"
          data-group={group}
          aria-pressed={onlyGroup.value === group}
          onClick={() => {
            onlyGroup.value = onlyGroup.value === group ? null : group;
          }}
        >
          {title} <span class="filter-count">{count}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Group({ view }: { view: DeskGroupView }) {
  const { group, title, count, late, rows } = view;
  return (
    <section aria-labelledby={`group-${group}`}>
      <h2 class="group-title" id={`group-${group}`}>
        {title} <span class="group-count">{count}</span>
        {late > 0 && <span class="badge badge-danger">{late} late</span>}
      </h2>
      <ul class="plain">
        {rows.map((row) => (
          <TicketRow key={pathOf(row.place)} row={row} />
        ))}
      </ul>
      {rows.length < count && (
        <button
          type="button"
          class="button button-quiet button-small more"
          onClick={() => {
            rowsWanted.value = { ...rowsWanted.value, [group]: rows.length + MORE_ROWS };
          }}
        >
          Show more of {count}
        </button>
      )}
    </section>
  );
}

function Nothing() {
  return (
    <p class="list-empty muted">
      {search.value
        ? 'No ticket has these words.'
        : 'No tickets yet. When a customer asks for a data dump in the chat, it appears here.'}
    </p>
  );
}

/** The arrow keys go from ticket to ticket, as Tab does. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.currentTarget instanceof HTMLElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a.row')];
  const at = rows.findIndex((row) => row.matches(':focus'));
  if (at < 0 && event.target instanceof HTMLInputElement && step < 0) return;
  event.preventDefault();
  rows[at < 0 ? 0 : at + step]?.focus();
}
