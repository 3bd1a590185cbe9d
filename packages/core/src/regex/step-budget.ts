/** How many steps a machine may take for one answer. */
export class StepBudget {
  readonly #limit: number;
  spent = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether no step is left, so that there is no answer. */
  get isExhausted(): boolean {
    return this.spent > this.#limit;
  }
}
