import type { ComponentChildren } from 'preact';

/** A table that may be wider than a narrow screen; reachable by keyboard, so that it can be scrolled without a mouse. */
export function Scrolling({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="scrolling" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
