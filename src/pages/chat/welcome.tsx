import { BoxIcon, ClockIcon, LinkIcon } from './icons.tsx';

const EXAMPLES = [
  'I need a full export of our account',
  'Where is my export?',
  'How long do links work?',
];

/** The thread before the first message: what the bot can do. */
export function Welcome(props: { name: string; onChoose: (text: string) => void }) {
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">
        Hello <bdi>{props.name}</bdi>, how can I help?
      </h2>
      <p class="muted">
        I am Waybill, a bot. I look after exports of your account, and I call a colleague whenever
        you wish.
      </p>
      <ul class="plain-list welcome-list">
        <li>
          <BoxIcon />
          <span>Get all your data, attachments and CVs as ZIP files</span>
        </li>
        <li>
          <ClockIcon />
          <span>See how far an export is and when it will be ready</span>
        </li>
        <li>
          <LinkIcon />
          <span>Have download links sent again, or working for longer</span>
        </li>
      </ul>
      <fieldset class="plain-group choices">
        <legend class="visually-hidden">Examples</legend>
        {EXAMPLES.map((text) => (
          <button key={text} type="button" class="choice" onClick={() => props.onChoose(text)}>
            {text}
          </button>
        ))}
      </fieldset>
    </section>
  );
}
