import { Components } from './components.ts';
import type { DefinitionIndex } from './definitions.ts';
import { chainOf, itemsOf, MAX_DEPTH, membersOf, nameOf, propertiesOf } from './written.ts';

/** A flag or a cohort, as what others refer to. */
export type Reference = `flag:${string}` | `cohort:${string}`;

/** What the filters of one flag or cohort refer to. */
interface Mentions {
  readonly direct: Set<Reference>;
  /** Whether some filter asks for a flag that its own chain does not evaluate. */
  looksBeyondChain: boolean;
}

/** Evaluation recurses once for each flag and each cohort in a row. */
const MAX_ROW = 300;

/** Which flags and cohorts refer to which others. */
export class References {
  private readonly definitions: DefinitionIndex;
  private readonly known = new Map<Reference, Mentions>();
  private readonly beyondChains = new Map<Reference, boolean>();
  private readonly components = new Components(
    (reference: Reference) => this.mentionsOf(reference).direct,
  );

  constructor(definitions: DefinitionIndex) {
    this.definitions = definitions;
  }

  /** Everything that evaluating something may lead to, itself only if it leads there again. */
  reachableFrom(start: Reference): ReadonlySet<Reference> {
    const reached = new Set(this.mentionsOf(start).direct);
    for (const reference of reached) {
      // The loop goes on to what is added to the set while it runs.
      for (const next of this.mentionsOf(reference).direct) reached.add(next);
    }
    return reached;
  }

  /** Why one thing cannot be evaluated for another that refers to it; undefined when it can. */
  problemWith(reference: Reference, owner: Reference): string | undefined {
    const { components } = this;
    if (components.areOne(reference, owner)) return 'depends on itself';
    const isTooFar = components.heightOf(reference) > MAX_ROW;
    return isTooFar ? `depends on more than ${MAX_ROW} others in a row` : undefined;
  }

  /** Whether evaluating something may come upon a filter on a flag that its own chain does not evaluate. */
  looksBeyondChains(start: Reference): boolean {
    const reached = new Set([start]);
    for (const reference of reached) {
      const known = this.beyondChains.get(reference);
      if (known === false) continue;
      const { direct, looksBeyondChain } = this.mentionsOf(reference);
      if (known || looksBeyondChain) {
        this.beyondChains.set(start, true);
        return true;
      }
      // The loop goes on to what is added to the set while it runs.
      for (const next of direct) reached.add(next);
    }
    for (const reference of reached) this.beyondChains.set(reference, false);
    return false;
  }

  private mentionsOf(reference: Reference): Mentions {
    const known = this.known.get(reference);
    if (known !== undefined) return known;
    const mentions: Mentions = { direct: new Set(), looksBeyondChain: false };
    const name = reference.slice(reference.indexOf(':') + 1);
    if (reference.startsWith('cohort:')) addGroup(this.definitions.cohort(name), mentions, 0);
    else {
      const flag = this.definitions.flag(name);
      // Flags that are not active are false, whatever their conditions say.
      if (flag?.active) for (const property of propertiesOf(flag)) addProperty(property, mentions);
    }
    this.known.set(reference, mentions);
    return mentions;
  }
}

function addProperty(property: unknown, mentions: Mentions): void {
  const { type, value, key } = membersOf(property);
  if (type === 'cohort') mentions.direct.add(`cohort:${nameOf(value)}`);
  const chain = type === 'flag' ? chainOf(property) : undefined;
  if (chain === undefined) return;
  for (const link of chain) mentions.direct.add(`flag:${link}`);
  if (!chain.includes(nameOf(key))) mentions.looksBeyondChain = true;
}

function addGroup(group: unknown, mentions: Mentions, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const member of itemsOf(membersOf(group).values)) {
    addProperty(member, mentions);
    addGroup(member, mentions, depth + 1);
  }
}
