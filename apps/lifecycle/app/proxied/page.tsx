/** A page that reads nothing itself: the proxy does, before it. */
export default function Page() {
  return <main>proxied</main>;
}
