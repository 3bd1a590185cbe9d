import { LinkPad } from '../../components/link-pad.tsx';

/** Reads no flag: where navigations start. */
export default function StartPage() {
  return (
    <main data-page="start">
      <h1>Start</h1>
      <LinkPad />
    </main>
  );
}
