import { BoxIcon, ClockIcon, LinkIcon } from './icons.tsx';
import { say } from './words.ts';

const EXAMPLES = ['example.export', 'example.status', 'example.validity'] as const;

/** The thread before the first message: what the bot can do. */
export function Welcome(props: { name: string; onChoose: (text: string) => void }) {
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">
        {props.name ? say('welcome', { name: props.name }) : say('welcomeNobody')}
      </h2>
      <p class="muted">{say('about')}</p>
      <ul class="plain-list welcome-list">
        <li>
          <BoxIcon />
          <span>{say('can.export')}</span>
        </li>
        <li>
          <ClockIcon />
          <span>{say('can.status')}</span>
        </li>
        <li>
          <LinkIcon />
          <span>{say('can.links')}</span>
        </li>
      </ul>
      <fieldset class="plain-group choices">
        <legend class="visually-hidden">{say('examples')}</legend>
        {EXAMPLES.map((key) => (
          <button key={key} type="button" class="choice" onClick={() => props.onChoose(say(key))}>
            {say(key)}
          </button>
        ))}
      </fieldset>
    </section>
  );
}
