/** Where a value is in its object: names of fields and places in lists. */
export type Path = readonly (string | number)[];

/** `error`: the API server refuses it, or the operator cannot work with it; `note`: to be known, and no fault. */
export type Severity = 'error' | 'note';

/** Why something is found. These names are stable: people and machines filter by them. */
export const ruleNames = [
  'Syntax',
  'DuplicateKey',
  'Template',
  'NoObject',
  'UnknownKind',
  'Metadata',
  'UnknownField',
  'Required',
  'Type',
  'Enum',
  'Value',
  'Size',
  'Duplicate',
  'Rule',
  'Refused',
  'Reference',
  'Server',
] as const;
export type RuleName = (typeof ruleNames)[number];

/** What is wrong with an object, by the path of the value. */
export interface ObjectFinding {
  readonly severity: Severity;
  readonly rule: RuleName;
  /** As the API server names it: `spec.gate[0].min`; `<nil>` for the object itself. */
  readonly field: string;
  /** The value to be shown. If it is not there, the nearest that is. */
  readonly path: Path;
  /** Whether the name of the field is to be shown rather than its value. */
  readonly isOfKey?: true;
  readonly message: string;
}

/** A place in a file; lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is wrong in a file. */
export interface Finding {
  readonly severity: Severity;
  readonly rule: RuleName;
  readonly message: string;
  /** Absent for what is wrong with a file's text. */
  readonly field?: string;
  /** Absent where no object was read. */
  readonly object?: { readonly kind: string; readonly name: string; readonly namespace?: string };
  readonly start: Place;
  /** Behind the last character. */
  readonly end: Place;
}

/** A path as the schema's refusals have it: keys of maps stand behind a dot. */
export function fieldOf(path: Path): string {
  return named(path, (key) => `.${key}`);
}

function named(path: Path, nameOf: (key: string) => string): string {
  const field = path.map((part) => (typeof part === 'number' ? `[${part}]` : nameOf(part))).join('');
  return field === '' ? '<nil>' : field.replace(/^[.]/, '');
}
