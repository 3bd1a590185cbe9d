import { SignalDrawing } from '../signals/signal-drawing.tsx';

const FLAGS = [
  { letter: 'L', at: 'translate(76 22) rotate(6)' },
  { letter: 'O', at: 'translate(70 94) rotate(3)' },
  { letter: 'O', at: 'translate(67 166)' },
  { letter: 'K', at: 'translate(68 238) rotate(-3)' },
  { letter: 'O', at: 'translate(182 46) rotate(8)' },
  { letter: 'U', at: 'translate(174 120) rotate(4)' },
  { letter: 'T', at: 'translate(170 194) rotate(1)' },
] as const;

const SEWN = 'M-12-2H3v60h-15z';

/** Two hoists of flags on their halyards: LOOK, OUT. */
export function SignalSet() {
  return (
    <>
      <g fill="none" stroke="var(--rope)" strokeWidth="4" strokeLinecap="round">
        <path d="M76-30c-14 84-20 200-12 380" />
        <path d="M188-30c-20 100-26 220-18 380" />
      </g>
      {FLAGS.map(({ letter, at }) => (
        <g key={at} transform={at}>
          <path d={SEWN} fill="#fdfbf4" />
          <g fill="#b27f27">
            <circle cx="-5" cy="7" r="3" />
            <circle cx="-5" cy="49" r="3" />
          </g>
          <g transform="scale(2.1 1.88)">
            <SignalDrawing letter={letter} />
            <path
              d="M0 24c9 4 14-3 22 0s10 2 14 0v6H0zM27 0h9v30h-9z"
              fill="#0d2634"
              opacity=".1"
            />
          </g>
        </g>
      ))}
    </>
  );
}
