import { FlagsProvider } from '@halyard/react';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ActionReportProvider } from '../../components/logbook/action-report.tsx';
import { BagLink } from '../../components/shell/bag-link.tsx';
import { Colophon } from '../../components/shell/colophon.tsx';
import { LiveFlags } from '../../components/shell/live-flags.tsx';
import { Masthead } from '../../components/shell/masthead.tsx';
import { PersonaMenu } from '../../components/shell/persona-menu.tsx';
import { BAG_COOKIE, itemCount, parseBag } from '../../lib/bag.ts';
import { flagFile } from '../../lib/flag-source.ts';
import { flags } from '../../lib/flags.ts';
import { PERSONA_COOKIE } from '../../lib/identify.ts';
import { personaOf } from '../../lib/personas.ts';

/** What the shop's pages share. The provider takes the promise as it is: only readers wait for it. */
export default async function ShopLayout({ children }: { readonly children: ReactNode }) {
  const jar = await cookies();
  const persona = personaOf(jar.get(PERSONA_COOKIE)?.value);
  const bag = parseBag(jar.get(BAG_COOKIE)?.value);
  return (
    <FlagsProvider value={flags.hydrate()}>
      <ActionReportProvider visitor={persona.id}>
        <Masthead>
          <PersonaMenu current={persona} />
          <BagLink count={itemCount(bag)} />
        </Masthead>
        {children}
        <Colophon flagFile={flagFile()} />
        <LiveFlags />
      </ActionReportProvider>
    </FlagsProvider>
  );
}
