import type { Placed } from './collection.ts';

/**
 * What one section of a README shows, in a folder of its own: the files of the README's first section are
 * there as well, and where it shows one of them again, that is how it is changed.
 */
export interface Group {
  /** The folder's name, such as `packages-next--wiring`. */
  readonly id: string;
  /** The README as part of a folder's name, such as `packages-next`. */
  readonly readme: string;
  /** The section in the same way, such as `wiring`. */
  readonly section: string;
  /** The code the section shows itself, by path. Programs without a name are called for their line. */
  readonly own: ReadonlyMap<string, Placed>;
  /** What it has from the README's first section with code, and does not show itself. */
  readonly inherited: ReadonlyMap<string, Placed>;
}

/** The groups that these examples make. Throws where a section shows a file twice. */
export function groupsOf(examples: readonly Placed[]): Group[] {
  const groups: Group[] = [];
  const code = examples.filter(({ role }) => ['program', 'application', 'test'].includes(role));
  for (const [{ example }, shown] of sectionsOf(code)) {
    const readme = slug(example.readme.replace(/\/?(README)?\.md$/, '')) || 'root';
    const section = slug(example.section) || 'start';
    const own = byPath(shown);
    const first = groups.find((group) => group.readme === readme)?.own ?? new Map();
    const inherited = new Map(
      [...first].filter(([path, { role }]) => role !== 'program' && !own.has(path)),
    );
    groups.push({ id: `${readme}--${section}`, readme, section, own, inherited });
  }
  return groups;
}

/** The programs that a group shows, by path. */
export function programsOf({ own }: Group): [path: string, program: Placed][] {
  return [...own].filter(([, { role }]) => role === 'program');
}

/** The code of each section, with its first piece before it. */
function sectionsOf(code: readonly Placed[]): [first: Placed, own: readonly Placed[]][] {
  const sections = new Map<string, [Placed, Placed[]]>();
  for (const file of code) {
    const key = `${file.example.readme}#${file.example.section}`;
    const section = sections.get(key);
    if (section === undefined) sections.set(key, [file, [file]]);
    else section[1].push(file);
  }
  return [...sections.values()];
}

function byPath(files: readonly Placed[]): Map<string, Placed> {
  const paths = new Map<string, Placed>();
  for (const file of files) {
    const path = file.path ?? `line-${file.line}.ts`;
    if (paths.has(path))
      throw new Error(
        `${file.example.readme}:${file.line}: the section shows ${path} twice. Give what changes it a heading of its own.`,
      );
    paths.set(path, file);
  }
  return paths;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
