import { type FSWatcher, readFileSync, unwatchFile, watch, watchFile } from 'node:fs';
import { dirname } from 'node:path';

/** Milliseconds between looks at the file, for file systems and ways of saving that watching misses. */
const POLL = 300;
/** Events within this many milliseconds are one: programs save in several steps. */
const SETTLE = 50;

/**
 * Tells the text of a file whenever it is another, however it was saved; a file that is gone or cannot
 * be read says nothing. Does not keep the process alive.
 */
export class FileChanges {
  private readonly path: string;
  private readonly onText: (text: string) => void;
  private readonly settle = () => {
    this.settling ??= setTimeout(() => this.look(), SETTLE).unref();
  };
  private text: string;
  private watcher: FSWatcher | undefined;
  private settling: NodeJS.Timeout | undefined;

  /** `text`: what the file held when it was read last. */
  constructor(path: string, text: string, onText: (text: string) => void) {
    this.path = path;
    this.text = text;
    this.onText = onText;
    watchFile(path, { interval: POLL, persistent: false }, this.settle);
    this.watchFolder();
    // The file may have changed since it was read.
    this.settle();
  }

  stop(): void {
    clearTimeout(this.settling);
    unwatchFile(this.path, this.settle);
    this.watcher?.close();
  }

  private watchFolder(): void {
    try {
      // The folder: a file that is replaced takes its watch with it.
      this.watcher = watch(dirname(this.path), { persistent: false }, this.settle);
      // Polling goes on alone.
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      // No more watches to be had, or a file system without them: polling does it alone.
    }
  }

  private look(): void {
    this.settling = undefined;
    const text = this.read();
    if (text === undefined || text === this.text) return;
    this.text = text;
    this.onText(text);
  }

  private read(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      // Between two steps of being replaced, or deleted; its return is a change that is seen.
      return undefined;
    }
  }
}
