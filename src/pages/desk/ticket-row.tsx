import type { DeskRow } from '../../domain/desk-view.ts';
import { fromNow, fullTime } from '../shared/time.ts';
import { isSelected, now, openPlace, pathOf } from './state.ts';

/** One ticket of the list. */
export function TicketRow({ row }: { row: DeskRow }) {
  return (
    <li>
      <a
        class="row"
        data-tone={row.tone}
        href={pathOf(row.place)}
        aria-current={isSelected(row.place) ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          openPlace(row.place);
        }}
      >
        <span class="row-line">
          <bdi class="row-account">{row.account}</bdi>
          {row.late && <span class="badge badge-danger">late</span>}
          {'ticket' in row.place && <span class="row-number">#{row.place.ticket}</span>}
        </span>
        <span class="row-line">
          <span class="row-state">{row.need ?? row.status}</span>
          <bdi class="row-requester">{row.requester}</bdi>
          <span class="row-since" title={fullTime(new Date(row.since))}>
            {fromNow(new Date(row.since), now.value)}
          </span>
        </span>
        <RowProgress row={row} />
      </a>
    </li>
  );
}

function RowProgress({ row }: { row: DeskRow }) {
  if (row.progress) {
    const { parts, bytes } = row.progress;
    return (
      <span class="row-progress">
        <progress max={bytes.total || 1} value={bytes.done} aria-label="Built" />
        {parts.done} of {parts.total} ZIPs
      </span>
    );
  }
  if (!row.downloaded) return null;
  const { files } = row.downloaded;
  return (
    <span class="row-progress">
      <progress max={files.total || 1} value={files.done} aria-label="Downloaded" />
      {files.done} of {files.total} downloaded
      {row.expiresAt && <span> · ends {fromNow(new Date(row.expiresAt), now.value)}</span>}
    </span>
  );
}
