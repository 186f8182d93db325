import type { ComponentChildren } from 'preact';

/** A part of the ticket with its heading. `name` makes its id and decides where it stands. */
export function Panel(props: {
  title: string;
  name: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { title, name, aside, children } = props;
  return (
    <section class={`card panel panel-${name}`} aria-labelledby={`panel-${name}`}>
      <div class="panel-head">
        <h2 id={`panel-${name}`}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
