import { render } from 'preact-render-to-string';
import { addressOf } from '../addresses';
import type { Language } from '../language/languages';

/** Size of the card of an asset in CSS pixels; narrower frames are scrolled. */
export const cardSize = { width: 480, height: 260 } as const;

/** The HTML by which another site shows the card of an asset; what is written in it is escaped. */
export const frameOf = (origin: string, language: Language, id: string, title: string, size: Size = cardSize): string =>
  render(
    <iframe
      src={origin + addressOf(language, { page: 'embed', id })}
      title={title}
      width={size.width}
      height={size.height}
      loading="lazy"
    />,
  );

export interface Size {
  readonly width: number;
  readonly height: number;
}
