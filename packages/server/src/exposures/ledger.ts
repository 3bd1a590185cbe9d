/** What a subject saw of a flag: the variant, or the value of a flag that has no variants. */
export type Outcome = string | number | boolean | undefined;

/** More (flag, outcome) pairs than any set of definitions has; beyond them the ledger starts anew. */
const MAX_SLOTS = 65_536;

/** Which bit belongs to which outcome of one flag. Most flags are only ever seen with one or two. */
interface FlagSlots {
  readonly outcome: Outcome;
  readonly slot: number;
  others: Map<Outcome, number> | undefined;
}

/**
 * Remembers which subject has seen which variant within the window, as one bit each. Bounded: when
 * there are too many subjects, those not seen for longest are forgotten, and may count once more.
 *
 * Windows follow each other without gaps from the Unix epoch on, so all processes agree on them.
 */
export class ExposureLedger {
  private readonly windowLength: number;
  private readonly perGeneration: number;
  private flags = new Map<string, FlagSlots>();
  private slots = 0;
  // Two generations in place of a list in order of use: a subject that is seen moves to the recent
  // ones, and when those are full they become the older ones, whose remains are dropped.
  private recent = new Map<string, number[]>();
  private older = new Map<string, number[]>();
  /** Everybody whom the backend counts for nobody in particular. */
  private nobody: number[] = [];
  /** The index of the current window since the epoch. */
  window = 0;
  /** When it ends, in Unix milliseconds; see {@link advance}. */
  windowEnd = Number.NEGATIVE_INFINITY;

  /** `windowLength` in milliseconds. */
  constructor(options: { readonly windowLength: number; readonly maxSubjects: number }) {
    this.windowLength = options.windowLength;
    this.perGeneration = Math.max(1, Math.floor(options.maxSubjects / 2));
  }

  /** How many subjects are remembered, nobody in particular aside. */
  get subjects(): number {
    return this.recent.size + this.older.size;
  }

  /**
   * Begins the window that `now` is in. To be called when `now` has reached `windowEnd`; a clock that
   * was set back does not bring an old window back.
   */
  advance(now: number): void {
    this.window = Math.floor(now / this.windowLength);
    this.windowEnd = (this.window + 1) * this.windowLength;
    this.forget();
  }

  /** Whether this is the first time in the window; remembers it. */
  admit(subject: string | undefined, flagKey: string, outcome: Outcome): boolean {
    const slot = this.slotOf(flagKey, outcome);
    const bits = subject === undefined ? this.nobody : this.bitsOf(subject);
    const word = slot >> 5;
    const bit = 1 << (slot & 31);
    while (bits.length <= word) bits.push(0);
    const seen = bits[word] ?? 0;
    if ((seen & bit) !== 0) return false;
    bits[word] = seen | bit;
    return true;
  }

  private slotOf(flagKey: string, outcome: Outcome): number {
    const flag = this.flags.get(flagKey);
    if (flag === undefined) {
      const slot = this.newSlot();
      this.flags.set(flagKey, { outcome, slot, others: undefined });
      return slot;
    }
    if (flag.outcome === outcome) return flag.slot;
    flag.others ??= new Map();
    const known = flag.others.get(outcome);
    if (known !== undefined) return known;
    const slot = this.newSlot();
    // Making room may have emptied the ledger, and this flag's entry with it.
    if (!this.flags.has(flagKey)) this.flags.set(flagKey, { outcome, slot, others: undefined });
    else flag.others.set(outcome, slot);
    return slot;
  }

  private newSlot(): number {
    if (this.slots >= MAX_SLOTS) this.forget();
    return this.slots++;
  }

  private bitsOf(subject: string): number[] {
    const recent = this.recent.get(subject);
    if (recent !== undefined) return recent;
    const older = this.older.get(subject);
    if (older !== undefined) this.older.delete(subject);
    if (this.recent.size >= this.perGeneration) {
      this.older = this.recent;
      this.recent = new Map();
    }
    const bits = older ?? [];
    this.recent.set(subject, bits);
    return bits;
  }

  private forget(): void {
    this.flags = new Map();
    this.slots = 0;
    this.recent = new Map();
    this.older = new Map();
    this.nobody = [];
  }
}
