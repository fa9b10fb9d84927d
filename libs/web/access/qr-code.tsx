import { create } from 'qrcode';

/** Blank squares around a code, so that cameras find it (ISO/IEC 18004 §5.3.8). */
const MARGIN = 4;

/** A text as QR code; black on white in every theme, for cameras read nothing else well. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  const side = size + 2 * MARGIN;
  const path = [...data]
    .flatMap((dark, place) =>
      dark ? [`M${(place % size) + MARGIN} ${Math.floor(place / size) + MARGIN}h1v1h-1z`] : [],
    )
    .join('');
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
