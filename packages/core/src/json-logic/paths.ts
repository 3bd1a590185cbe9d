/**
 * Splits a variable's path at its dots. A backslash keeps the dot, slash or backslash after it as part
 * of a name; a path made of nothing but dots has one empty name per dot.
 */
export function splitPath(path: string): string[] {
  const names: string[] = [];
  let name = '';
  for (let i = 0; i < path.length; i++) {
    const char = path.charAt(i);
    if (char === '.') {
      names.push(name);
      name = '';
    } else if (char === '\\' && isEscapable(path.charAt(i + 1))) {
      i++;
      name += path.charAt(i);
    } else name += char;
  }
  if (names.length !== path.length) names.push(name);
  return names;
}

function isEscapable(char: string): boolean {
  return char === '.' || char === '/' || char === '\\';
}

/** The path that {@link splitPath} takes apart into these names. */
export function pathOf(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\./]/g, '\\$&')).join('.');
}

/** A container's own property; undefined when it has none of that name, or is no container. */
export function readOwn(container: unknown, key: string | number): unknown {
  if (container === null || container === undefined || !Object.hasOwn(container, key)) {
    return undefined;
  }
  return (container as Record<string | number, unknown>)[key];
}

/** Follows own properties; undefined as soon as one is missing or its container is null. */
export function readPath(container: unknown, names: readonly string[]): unknown {
  let value = container;
  for (let i = 0; i < names.length; i++) value = readOwn(value, names[i] as string);
  return value;
}

/** A value as the property key the language would make of it, converted once. */
export function toKey(value: unknown): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : String(value);
}
