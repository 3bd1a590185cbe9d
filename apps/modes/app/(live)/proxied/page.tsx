export default function Page() {
  return <main data-page="proxied">proxy.ts reads.</main>;
}
