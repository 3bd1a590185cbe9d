'use client';

import { useRef } from 'react';
import { choosePersona } from '../../actions/persona.ts';
import { PERSONAS, type Persona } from '../../lib/personas.ts';
import styles from './persona-menu.module.css';

/** Chooses who to shop as. Each customer is a submit button, so it works before scripts do. */
export function PersonaMenu({ current }: { readonly current: Persona }) {
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" className={styles.opener} popoverTarget="personas">
        <span className={styles.as}>Shopping as</span>
        <strong data-testid="persona-name">{current.name}</strong>
      </button>
      <div ref={panel} id="personas" popover="auto" className={styles.panel}>
        <form
          action={choosePersona}
          onSubmit={() => panel.current?.hidePopover()}
          aria-labelledby="personas-title"
        >
          <h2 id="personas-title">Shop as somebody else</h2>
          <p>Flags are decided by what we know about a customer.</p>
          <ul>
            {PERSONAS.map((persona) => (
              <li key={persona.id}>
                <PersonaButton persona={persona} isCurrent={persona.id === current.id} />
              </li>
            ))}
          </ul>
        </form>
      </div>
    </>
  );
}

interface PersonaButtonProps {
  readonly persona: Persona;
  readonly isCurrent: boolean;
}

function PersonaButton({ persona, isCurrent }: PersonaButtonProps) {
  const { plan, country, appVersion } = persona.attributes;
  return (
    <button
      type="submit"
      name="persona"
      value={persona.id}
      className={styles.persona}
      aria-current={isCurrent ? 'true' : undefined}
      data-testid={`persona-${persona.id}`}
    >
      <span className={styles.name}>{persona.name}</span>
      <span className={styles.role}>{persona.role}</span>
      <span className={styles.attributes}>
        {[plan, country, appVersion && `app ${appVersion}`].filter(Boolean).join(' · ')}
      </span>
    </button>
  );
}
