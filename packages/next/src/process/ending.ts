/** Milliseconds that a process goes on for the sake of exposures once it has been told to end. */
export const HOLD_AT_END = 3000;

/**
 * The end of the process, for those who would put it off. Next waits without limit for what runs after
 * responses, so whatever takes long there has to be let go of here.
 */
export class Ending {
  private hasBegun = false;
  private readonly holders = new Set<() => void>();
  private readonly followed = new Set<Promise<void>>();

  /** Whether the process has been told to end. */
  get isUnderWay(): boolean {
    return this.hasBegun;
  }

  /** The process has been told to end. */
  begin(): void {
    this.hasBegun = true;
    for (const letGo of this.holders) letGo();
    this.holders.clear();
  }

  /** Follows a task that nobody waits for, until {@link lastTasks} does. It must not reject. */
  follow(task: Promise<void>): void {
    this.followed.add(task);
    void task.then(() => this.followed.delete(task));
  }

  /** Waits for the tasks that are followed, as {@link hold} does. */
  lastTasks(): Promise<void> {
    return this.hold(Promise.all(this.followed));
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
