import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Words } from './words';

/** The words every part of a page speaks with. */
export const Speaking = createContext<Words | undefined>(undefined);

export function useWords(): Words {
  const words = useContext(Speaking);
  if (!words) throw new Error('A part of a page was rendered outside renderPage.');
  return words;
}
