import type { Words } from './words';

let speaking: Words | undefined;

/**
 * Renders a page, every part of which speaks with these words. A page is rendered in one go, so that no other can come between. A context of Preact would say the same, but keeps an account of each part that
 * asks it: a third of the time of a dossier's page, in which hundreds do.
 */
export function speakingWith(words: Words, render: () => string): string {
  const before = speaking;
  speaking = words;
  try {
    return render();
  } finally {
    speaking = before;
  }
}

export function useWords(): Words {
  if (!speaking) throw new Error('A part of a page was rendered outside renderPage.');
  return speaking;
}
