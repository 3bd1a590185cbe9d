'use client';

/** Stands in for a page that has thrown. */
export default function ErrorPage() {
  return <main data-page="error">Something went wrong.</main>;
}
