import type { App } from '@slack/bolt';
import { registerAccess } from './access.ts';
import { registerClicks } from './clicks.ts';
import { registerCommand } from './command.ts';
import type { SlackDeskClickDeps } from './deps.ts';
import { registerHome } from './home.ts';
import { createPeople } from './people.ts';
import { registerSubmits } from './submits.ts';
import { registerUnsent } from './unsent.ts';

/** Buttons, forms, Home and the command of the desk in Slack. */
export function registerSlackDesk(bolt: App, deps: SlackDeskClickDeps): void {
  const people = createPeople(deps);
  registerClicks(bolt, deps, people);
  registerAccess(bolt, deps, people);
  registerUnsent(bolt, deps, people);
  registerSubmits(bolt, deps, people);
  registerHome(bolt, deps, people);
  registerCommand(bolt, deps, people);
}
