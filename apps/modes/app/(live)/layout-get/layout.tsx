import type { ReactNode } from 'react';
import { Read } from '../../../components/read.tsx';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <Read flag="layout-get" />
      {children}
    </>
  );
}
