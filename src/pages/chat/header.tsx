import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SessionAnswer } from '../../domain/chat-view.ts';
import { DownIcon, Mark } from './icons.tsx';
import { initialsOf } from './people.ts';
import { PeopleList } from './person-picker.tsx';
import { signOut } from './talk.ts';
import { say } from './words.ts';

type SignedIn = Extract<SessionAnswer, { signedIn: true }>;

/** What this chat is, and who one is in it. */
export function Header(props: { session: SignedIn }) {
  return (
    <header class="head">
      <Mark size={36} />
      <div class="head-title">
        <h1>{say('heading')}</h1>
        <p class="muted small">{say('subheading')}</p>
      </div>
      <PersonMenu session={props.session} />
    </header>
  );
}

function PersonMenu(props: { session: SignedIn }) {
  const isOpen = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { person, people } = props.session;
  useEffect(() => {
    isOpen.value = false;
  }, [person.email, isOpen]);

  const known = people?.find((one) => one.email.toLowerCase() === person.email);

  useEffect(() => {
    const onLeave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) {
        isOpen.value = false;
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isOpen.value) return;
      isOpen.value = false;
      button.current?.focus();
    };
    document.addEventListener('pointerdown', onLeave);
    document.addEventListener('focusin', onLeave);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onLeave);
      document.removeEventListener('focusin', onLeave);
      document.removeEventListener('keydown', onKey);
    };
  }, [isOpen]);

  return (
    <div class="menu" ref={box}>
      <button
        type="button"
        ref={button}
        class="button button-quiet menu-button"
        aria-expanded={isOpen.value}
        aria-controls="person-menu"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class="avatar" aria-hidden="true">
          {initialsOf(person.name)}
        </span>
        <span class="menu-name">
          <span class="visually-hidden">{say('signedInAs')} </span>
          <span>
            <bdi>{person.name}</bdi>
          </span>
          {known && (
            <span class="muted small">
              <bdi>{known.account}</bdi>
            </span>
          )}
        </span>
        <DownIcon />
      </button>
      <div id="person-menu" class="menu-panel card" hidden={!isOpen.value}>
        <div class="menu-who">
          <p>
            <strong>
              <bdi>{person.name}</bdi>
            </strong>
          </p>
          <p class="muted small">{person.email}</p>
          {known && (
            <p class="muted small">
              {say(`role.${known.role}`)}, <bdi>{known.account}</bdi>
            </p>
          )}
        </div>
        {people && (
          <div class="menu-people">
            <p class="muted small">{say('isSample')}</p>
            <PeopleList people={people} current={person.email} />
          </div>
        )}
        <button type="button" class="button button-small" onClick={() => signOut()}>
          {say('signOut')}
        </button>
      </div>
    </div>
  );
}
