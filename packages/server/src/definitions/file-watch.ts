import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backgroundTimer } from '../timers.ts';

/** Events within this many milliseconds are one: programs save in several steps. */
const SETTLE = 50;
/** Milliseconds between looks at the file; well under the second in which a change must arrive. */
const POLL = 600;

/**
 * Tells when a file changes: written, replaced, deleted, created again, or reached through a link that
 * now leads elsewhere. The folder is watched rather than the file, whose inode goes away when it is
 * replaced; and since watching does not work on every file system, the file is looked at regularly
 * as well. Neither keeps the process alive.
 */
export class FileWatch {
  private readonly path: string;
  private readonly onChange: () => void;
  private watcher: FSWatcher | undefined;
  private settling: NodeJS.Timeout | undefined;
  private polling: NodeJS.Timeout | undefined;
  /** What the file looked like; undefined before the first look. */
  private seen: string | undefined;
  /** Polls until the file is read once more after a change. */
  private untilReread = 0;
  private stopped = false;

  constructor(path: string, onChange: () => void) {
    this.path = path;
    this.onChange = onChange;
    this.attach();
    void this.poll();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.settling);
    clearTimeout(this.polling);
    this.watcher?.close();
    this.watcher = undefined;
  }

  private async poll(): Promise<void> {
    const watcher = this.watcher;
    const changed = await this.look();
    if (this.stopped) return;
    if (this.untilReread > 0 && --this.untilReread === 0) this.onChange();
    // The watcher should have told first. If it does not see changes (any more), another may: the
    // folder may be a new one of the same name.
    if (watcher === undefined || (changed && watcher === this.watcher)) this.attach();
    this.polling = backgroundTimer(() => void this.poll(), POLL);
  }

  /** Whether the file differs from the last look; tells the listener if so. */
  private async look(): Promise<boolean> {
    const now = await appearance(this.path);
    if (this.stopped) return false;
    if (now === this.seen) return false;
    const isFirst = this.seen === undefined;
    this.seen = now;
    // Two writes within one tick of the file system's clock look alike, and the first look may come
    // later than the first read. So once things are quiet the file is read again, which costs
    // nothing when its content is the same.
    this.untilReread = 2;
    if (!isFirst) this.onChange();
    return !isFirst;
  }

  private attach(): void {
    this.watcher?.close();
    this.watcher = undefined;
    try {
      const watcher = watch(dirname(this.path), { persistent: false });
      watcher.on('change', () => this.settle());
      watcher.on('error', () => this.detach(watcher));
      this.watcher = watcher;
    } catch {
      // No such folder yet, no more watches, or a file system without them: polling does it alone,
      // and tries to watch again each time.
    }
  }

  private detach(watcher: FSWatcher): void {
    watcher.close();
    if (this.watcher === watcher) this.watcher = undefined;
  }

  private settle(): void {
    // Not put off by further events: in a busy folder they might never end.
    this.settling ??= backgroundTimer(() => {
      this.settling = undefined;
      void this.look();
    }, SETTLE);
  }
}

/** What tells one state of a file from another, links followed; `absent` when there is none. */
async function appearance(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch {
    // Why it cannot be seen is the reader's business, which reports it.
    return 'absent';
  }
}
