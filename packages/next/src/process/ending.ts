/** Milliseconds that a process goes on for the sake of exposures once it has been told to end. */
export const HOLD_AT_END = 3000;

/**
 * The end of the process, for those who would put it off. Next waits without limit for what runs after
 * responses, so whatever takes long there has to be let go of here.
 */
export class Ending {
  private hasBegun = false;
  private readonly holders = new Set<() => void>();

  /** The process has been told to end. */
  begin(): void {
    this.hasBegun = true;
    for (const letGo of this.holders) letGo();
    this.holders.clear();
  }

  /**
   * Waits for a task; once the process has been told to end, at most {@link HOLD_AT_END} from then on, or
   * from now if that was before. The task itself goes on. Rejects as the task does.
   */
  hold(task: Promise<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const letGo = () => {
        timer = setTimeout(resolve, HOLD_AT_END);
      };
      const over = (settle: () => void) => {
        clearTimeout(timer);
        this.holders.delete(letGo);
        settle();
      };
      if (this.hasBegun) letGo();
      else this.holders.add(letGo);
      task.then(
        () => over(resolve),
        (thrown: unknown) => over(() => reject(thrown)),
      );
    });
  }
}
