/** A fenced block of a README. */
export interface Example {
  /** The README's path from the repository's root. */
  readonly readme: string;
  /** The line its text begins at, counted from 1. */
  readonly line: number;
  /** The heading of the section (`##` or `###`) it stands in, `''` before the first. */
  readonly section: string;
  /** What stands behind the opening fence, such as `ts`. */
  readonly language: string;
  readonly text: string;
}

/** Commands written in the running text, such as `npm run soak`. */
export interface InlineCommand {
  readonly readme: string;
  readonly line: number;
  readonly command: string;
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$/;

/** The fenced blocks of a README, in order. Throws where one is never closed. */
export function examplesOf(readme: string, markdown: string): Example[] {
  const examples: Example[] = [];
  let section = '';
  let open: { readonly line: number; readonly fence: RegExpExecArray } | undefined;
  let body: string[] = [];
  for (const [index, text] of markdown.split('\n').entries()) {
    const fence = FENCE.exec(text);
    if (open === undefined) {
      section = /^#{2,3} (.+)$/.exec(text)?.[1] ?? section;
      if (fence !== null) open = { line: index + 2, fence };
      continue;
    }
    const [, indent = '', marks = '', language = ''] = open.fence;
    if (fence?.[2]?.startsWith(marks) && fence[3] === '') {
      examples.push({ readme, line: open.line, section, language, text: body.join('\n') });
      open = undefined;
      body = [];
    } else body.push(text.startsWith(indent) ? text.slice(indent.length) : text);
  }
  if (open !== undefined)
    throw new Error(
      `${readme}:${open.line - 1}: the example is never closed. End it with a fence.`,
    );
  return examples;
}

/** Whatever is run by npm or npx, set as code in the text between the examples. */
export function inlineCommandsOf(readme: string, markdown: string): InlineCommand[] {
  const commands: InlineCommand[] = [];
  let isInside = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    if (FENCE.test(text)) isInside = !isInside;
    if (isInside) continue;
    for (const [, command = ''] of text.matchAll(/`((?:[A-Z_]+=\S+ )*np[mx] [^`]+)`/g))
      commands.push({ readme, line: index + 1, command });
  }
  return commands;
}
