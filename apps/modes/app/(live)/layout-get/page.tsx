export default function Page() {
  return <main data-page="layout-get">Its layout reads.</main>;
}
