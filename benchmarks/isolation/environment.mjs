/** How many visitors there are, each with values that nobody else has. */
export const VISITORS = 200;

/** What the flags are before a visitor is known, and before their page has said anything. */
export const NOTHING = 'nothing';

const NUMBERS = Array.from({ length: VISITORS }, (_, number) => number);

/**
 * Two flags in the words of workload.mjs, with a rule for every visitor: `visitor` names who they are, `said`
 * what their page has said of them. A third one is the same for everybody.
 */
export const environment = {
  segments: [
    ...NUMBERS.map((i) => segment(`is-${i}`, 'id', `v${i}`)),
    ...NUMBERS.map((i) => segment(`said-${i}`, 'said', `s${i}`)),
  ],
  flags: [
    flag('visitor', 'is', 'v'),
    flag('said', 'said', 's'),
    { key: 'plain', kind: 'plain', variants: { on: true, off: false }, value: 'on' },
  ],
};

/** A visitor's context: with `said` once their page has said so. */
export function contextOf({ number, hasSaid }) {
  const id = `v${number}`;
  return { targetingKey: id, id, ...(hasSaid && { said: `s${number}` }) };
}

/** Both flags in one text. */
export function badgeOf({ visitor, said }) {
  return `${visitor}/${said}`;
}

/** What a visitor must see, and nobody else. */
export function ownBadge({ number, hasSaid }) {
  return badgeOf({ visitor: `v${number}`, said: hasSaid ? `s${number}` : NOTHING });
}

function segment(name, trait, equals) {
  return { name, conditions: [{ trait, equals }] };
}

function flag(key, segments, prefix) {
  const names = NUMBERS.map((i) => `${prefix}${i}`);
  return {
    key,
    kind: 'segment',
    variants: Object.fromEntries([...names, NOTHING].map((name) => [name, name])),
    value: NOTHING,
    overrides: names.map((variant, i) => ({ segment: `${segments}-${i}`, variant })),
  };
}
