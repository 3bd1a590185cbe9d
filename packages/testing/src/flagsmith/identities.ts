import { forgetOldest } from '../bounded-map.ts';
import { KEPT } from '../emulator/kept.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import { identityRequest, type TraitInput } from './identity-request.ts';
import type { FlagsmithFlag, FlagsmithIdentity, FlagsmithTraits } from './wire.ts';

/** How many traits of an identity are remembered. */
const KEPT_TRAITS = 1_000;

/** The identities of an environment, and what `identities/` answers about them. */
export class Identities {
  /** The stored traits by identifier. */
  readonly stored = new Map<string, FlagsmithTraits>();
  private readonly evaluate: (identity: FlagsmithIdentity) => readonly FlagsmithFlag[];

  constructor(evaluate: (identity: FlagsmithIdentity) => readonly FlagsmithFlag[]) {
    this.evaluate = evaluate;
  }

  answer(request: ReceivedRequest): Reply {
    const { identifier, transient, traits } = identityRequest(request);
    const before = transient ? {} : (this.stored.get(identifier) ?? {});
    if (!transient) {
      const lasting = traits.filter((trait) => !trait.transient);
      this.store(identifier, changed(before, lasting));
    }
    const all = changed(before, traits);
    return {
      body: {
        identifier,
        flags: this.evaluate({ identifier, traits: all }),
        traits: Object.entries(all).map(([trait_key, trait_value]) => ({ trait_key, trait_value })),
      },
    };
  }

  private store(identifier: string, traits: FlagsmithTraits): void {
    this.stored.delete(identifier);
    this.stored.set(identifier, traits);
    forgetOldest(this.stored, KEPT);
  }
}

function changed(before: FlagsmithTraits, inputs: readonly TraitInput[]): FlagsmithTraits {
  const traits = new Map(Object.entries(before));
  for (const { key, value } of inputs) {
    if (value === null) traits.delete(key);
    else traits.set(key, value);
  }
  forgetOldest(traits, KEPT_TRAITS);
  return Object.fromEntries(traits);
}
