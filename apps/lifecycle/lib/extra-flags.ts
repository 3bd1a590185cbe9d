const PLACES = ['cart', 'search', 'home', 'menu', 'order'];
const SWITCH = { on: true, off: false };
const CHOICE = { control: 0, one: 1, two: 2 };

/** As many flags as EXTRA_FLAGS says, like those of the benchmarks' environment. Default: none. */
export const EXTRA_FLAGS: Readonly<Record<string, object>> = extraFlags(
  Number(process.env.EXTRA_FLAGS ?? 0),
);

/** One in ten chooses between three numbers, and all others are switches. */
function extraFlags(count: number): Record<string, object> {
  const pick = seededPick();
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const variants = i % 10 === 9 ? CHOICE : SWITCH;
      const flag = { state: 'ENABLED', variants, defaultVariant: pick(Object.keys(variants)) };
      return [`feature_${pick(PLACES)}_${i}`, flag];
    }),
  );
}

/** Picks from a list at random, the same in every process. */
function seededPick(): (list: readonly string[]) => string {
  let state = 1;
  return (list) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)] ?? '';
  };
}
