import { flags } from '../lib/flags';
import { App } from './shop';

export default async function Page() {
  return <App flags={await flags.hydrate()} />;
}
