import type { Check } from '../../domain/ticket.ts';
import { Panel } from './panel.tsx';

const NAMES = {
  requester: 'Requester',
  invoices: 'Invoices',
  account: 'Account',
  recent_exports: 'Earlier dumps',
} as const;

/** What was looked at before anybody decides. */
export function Checks({ checks }: { checks: Check[] }) {
  if (checks.length === 0) return null;
  return (
    <Panel title="Checks" name="checks">
      <ul class="plain checks">
        {checks.map((check) => (
          <li key={check.name} class="check" data-ok={check.ok}>
            <span class="check-mark" aria-hidden="true">
              {check.ok ? '✓' : '!'}
            </span>
            <span>
              <strong>{NAMES[check.name]}</strong>
              <span class="visually-hidden">{check.ok ? ' passed: ' : ' did not pass: '}</span>
              <span class="check-text" dir="auto">
                {check.text}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
