import type { ComponentChildren, Ref } from 'preact';

/** A box that scrolls by itself, with the keyboard too. */
export function Scroll(props: {
  label: string;
  name: string;
  box?: Ref<HTMLElement>;
  children: ComponentChildren;
}) {
  const { label, name, box, children } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard cannot scroll the box
    <section class={name} aria-label={label} tabIndex={0} ref={box ?? null}>
      {children}
    </section>
  );
}
