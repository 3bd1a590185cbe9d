import type { Emulator, Reply } from '@halyard/testing';
import { copyFlagFile } from '../flag-file.ts';
import type { FlagBackend } from './backend.ts';

/** A backend whose emulator serves a copy of one of the shop's files. */
export interface EmulationOptions<Content, Route extends string, Served extends Emulator<Route>> {
  /** The file's name in `apps/demo`. */
  readonly file: string;
  readonly serve: (options: { readonly path: string; readonly port?: number }) => Promise<Served>;
  /** Where the emulator's definitions are. */
  readonly route: Route;
  /** Definitions that break off in the middle of their JSON. */
  readonly cutOff: string;
  readonly setDiscount: (content: Content, percent: number) => void;
  /** Makes the shop look at its definitions. Default: nothing, it looks every now and then. */
  readonly announce?: (emulator: Served) => void;
}

/** What a test does to the backend, and the emulator as it was started. */
export interface Emulation<Served>
  extends Pick<FlagBackend, 'setDiscount' | 'remove' | 'corrupt' | 'stop'> {
  readonly emulator: Served;
}

const UNAVAILABLE: Reply = { status: 500, body: 'out of order' };

/** Starts a backend's emulator, which can go away and come back where it was. */
export async function startEmulation<Content, Route extends string, Served extends Emulator<Route>>(
  options: EmulationOptions<Content, Route, Served>,
): Promise<Emulation<Served>> {
  const { serve, route } = options;
  const file = await copyFlagFile<Content>(options.file);
  const emulator = await serve({ path: file.path });
  const { port } = emulator;
  let running = emulator;
  let isDown = false;
  const close = async () => {
    if (!isDown) await running.close();
    isDown = true;
  };
  return {
    emulator,
    async setDiscount(percent) {
      running.fail(route, undefined);
      await file.edit((content) => options.setDiscount(content, percent));
      if (isDown) running = await serve({ path: file.path, port });
      isDown = false;
    },
    remove: close,
    async corrupt() {
      const cutOff: Reply = { body: options.cutOff };
      let answers = 0;
      running.fail(route, () => (answers++ === 0 ? UNAVAILABLE : cutOff));
      options.announce?.(running);
    },
    async stop() {
      await close();
      await file.cleanUp();
    },
  };
}
