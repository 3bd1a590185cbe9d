import { SIGNAL_ALPHABET } from './signal-alphabet.ts';

/** A letter's patches, for use inside an SVG; plain yellow, the letter Q, for what is no letter. */
export function SignalDrawing({ letter }: { readonly letter: string }) {
  const patches = SIGNAL_ALPHABET[letter] ?? SIGNAL_ALPHABET.Q ?? [];
  return patches.map(([color, outline]) => <path key={color} fill={color} d={outline} />);
}
