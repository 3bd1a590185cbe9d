/** A command of a README, taken apart. */
export interface Command {
  readonly environment: readonly (readonly [variable: string, value: string])[];
  readonly words: readonly string[];
}

/** What commands are looked up in. */
export interface Knowledge {
  /** The scripts of the repository's package.json. */
  readonly scripts: ReadonlySet<string>;
  /** The environment variables that any code reads. */
  readonly variables: ReadonlySet<string>;
  /** The flag backends, which `FLAGS_SOURCE` and the benchmarks go by. */
  readonly backends: ReadonlySet<string>;
  /** Whether there is such a file or folder, relative to the root. */
  exists(path: string): boolean;
  /** What an installed tool says to `--help`; undefined where there is no such tool. */
  helpOf(tool: string): string | undefined;
}

/** The commands of a shell example, those within `$(…)` included. */
export function commandsOf(text: string): Command[] {
  return text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => {
      const inner = [...line.matchAll(/\$\(([^)]*)\)/g)].map(([, command = '']) => command);
      return [...inner, ...line.replace(/\$\([^)]*\)/g, '…').split('&&')];
    })
    .map((command) => command.trim())
    .filter((command) => command !== '')
    .map(takeApart);
}

function takeApart(command: string): Command {
  const words = command.split(/\s+/);
  const start = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const environment = words
    .slice(0, start)
    .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
  return { environment, words: words.slice(start) };
}

/** What of a command does not exist. */
export function unknownParts({ environment, words }: Command, known: Knowledge): string[] {
  const [program = '', ...rest] = words;
  const variables = environment.flatMap(([variable, value]) => {
    if (!known.variables.has(variable)) return [`nothing reads the variable ${variable}`];
    const isBackend = variable !== 'FLAGS_SOURCE' || known.backends.has(value);
    return isBackend ? [] : [`${value} is no backend`];
  });
  return [...variables, ...unknownCall(program, rest, known)];
}

function unknownCall(program: string, rest: readonly string[], known: Knowledge): string[] {
  if (program === 'cd') {
    const [folder = ''] = rest;
    return known.exists(folder) ? [] : [`there is no folder ${folder}`];
  }
  if (program === 'node') {
    const [script = ''] = rest;
    return known.exists(script) ? [] : [`there is no script ${script}`];
  }
  if (program === 'npm') return unknownScript(rest, known);
  if (program === 'npx') return unknownTool(rest, known);
  return program === 'openssl' ? [] : [`nothing is known of the program ${program}`];
}

function unknownScript([verb = '', ...rest]: readonly string[], known: Knowledge): string[] {
  if (verb === 'test') return known.scripts.has('test') ? [] : ['package.json has no test'];
  const [name = '', dashes, ...args] = rest;
  if (verb !== 'run' || !known.scripts.has(name)) return [`package.json has no script ${name}`];
  if (dashes === undefined) return [];
  return args
    .filter((arg) => !known.backends.has(arg))
    .map((arg) => `${name} does not take ${arg}`);
}

function unknownTool([tool = '', ...args]: readonly string[], known: Knowledge): string[] {
  const help = known.helpOf(tool);
  if (help === undefined) return [`there is no tool ${tool}`];
  const mentioned = new Set(help.split(/[^\w-]+/));
  return args
    .filter((arg, index) => {
      if (mentioned.has(arg)) return false;
      if (arg.startsWith('-')) return true;
      const isValue = args[index - 1]?.startsWith('-') && !arg.includes('/');
      return !isValue && !known.exists(arg);
    })
    .map((arg) => `${tool} does not take ${arg}, and there is no such path`);
}
