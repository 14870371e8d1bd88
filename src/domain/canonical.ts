type Fields = Readonly<Record<string, unknown>>;

/**
 * The one text of all specs that mean the same, by which recipes and revisions are compared and digested:
 *
 * - the order of keys means nothing;
 * - what is undefined, null, an empty list or an empty object is absent;
 * - a number equals its text, as in `cpu: 4` and `cpu: "4"`;
 * - the order of a list whose items have names, which the schemas declare as a map, means nothing: volumes and where they are mounted,
 *   sidecars, pull secrets. That of `initContainers` does, since they run one after the other, and that of `env` while one of
 *   its values contains `$(`, since such a reference sees only the variables before it. Whoever adds
 *   another list of named items whose order means something excepts it here;
 * - the order of any other list does: of `envFrom`, where the last source of a variable wins, and also of tolerations and terms of
 *   affinity, where it would not have to, but nobody turns them round.
 *
 * It serves comparison alone. What shall be read again is written by `sortedJSON`, which loses nothing.
 */
export function canonicalJSON(value: unknown): string {
  return sortedJSON(canonical(value));
}

/** JSON with sorted keys and without undefined fields. */
export function sortedJSON(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isFields(inner) ? withSortedKeys(inner) : inner));
}

function withSortedKeys(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).toSorted(([one], [other]) => compare(one, other)));
}

function canonical(value: unknown): unknown {
  if (typeof value === 'string') return isNumeric(value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(canonical);
  if (!isFields(value)) return value;
  const fields = Object.entries(value).map(([key, field]): [string, unknown] => {
    const inner = canonical(field);
    return [key, Array.isArray(inner) && isMap(key, inner) ? sortedByText(inner) : inner];
  });
  return Object.fromEntries(fields.filter(([, field]) => !isAbsent(field)));
}

/** Whether a text is what a number is written as; `4.0` and `007` are other texts, which a number does not have. */
function isNumeric(text: string): boolean {
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text;
}

/** Any order will do that depends on the items alone. */
function sortedByText(items: readonly unknown[]): unknown[] {
  return items.toSorted((one, other) => compare(sortedJSON(one), sortedJSON(other)));
}

/** Whether a list is a map by name. A list of strings, such as args, is none. */
function isMap(key: string, items: readonly unknown[]): boolean {
  const isNamed = items.every((item) => isFields(item) && ['string', 'number'].includes(typeof item['name']));
  return isNamed && key !== 'initContainers' && !(key === 'env' && items.some(hasReference));
}

/** Whether the value of a variable may depend on variables before it. `$$(NAME)` does not, but is not told apart. */
function hasReference(variable: unknown): boolean {
  return isFields(variable) && typeof variable['value'] === 'string' && variable['value'].includes('$(');
}

function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Whether a value is what JSON calls an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
