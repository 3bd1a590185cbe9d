import { HalyardError } from './errors.ts';
import { isJsonObject } from './json.ts';

/** Which option of which source is being read. */
export interface OptionOwner {
  /** The backend's name. */
  readonly part: string;
  /** The function the option is given to. */
  readonly factory: string;
}

/**
 * A source's `headers` option: values by name, the names in lower case. Nothing without the option.
 *
 * @throws HalyardError INVALID_OPTION for a name or a value that HTTP cannot carry.
 */
export function readHeaderOption(
  { part, factory }: OptionOwner,
  headers: unknown = {},
): Record<string, string> {
  const invalid = (message: string) => new HalyardError(part, 'INVALID_OPTION', `${message}.`);
  if (!isJsonObject(headers)) {
    throw invalid(`\`headers\` of ${factory} must be an object of header values by name`);
  }
  const lowered: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n]/.test(value)) {
      throw invalid(`the header "${name}" given to ${factory} must have a one-line string value`);
    }
    lowered[name.toLowerCase()] = value;
  }
  return lowered;
}
