import type { TicketCard } from '../../domain/card.ts';
import type { DeskTicket } from '../../domain/desk-view.ts';
import type { Fact } from '../../domain/options-words.ts';
import { sayBytes, sayDuration } from '../../domain/words.ts';
import { fromNow } from '../shared/time.ts';
import { Panel } from './panel.tsx';
import { now } from './state.ts';

/** Who asks, for which account, and what was agreed. */
export function Request({ card }: { card: TicketCard }) {
  return (
    <Panel title="Request" name="request">
      <Facts facts={card.facts.filter(({ label }) => label !== 'Estimate')} />
    </Panel>
  );
}

/** What the dump is to hold, and what that comes to. */
export function Content({ view }: { view: DeskTicket }) {
  const { estimate } = view;
  return (
    <Panel title="Data dump" name="content">
      {estimate && (
        <dl class="figures">
          <Figure label="Files" value={estimate.files.toLocaleString('en-GB')} />
          <Figure label="Size" value={sayBytes(estimate.bytes)} />
          <Figure label="ZIPs" value={estimate.parts.toLocaleString('en-GB')} />
          <Figure label="To build, about" value={sayDuration(estimate.seconds * 1000)} />
        </dl>
      )}
      <Facts facts={view.card.options} />
    </Panel>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ label, value, at }) => (
        <div class="fact" key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {at && <span class="fact-when">{fromNow(new Date(at), now.value)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
