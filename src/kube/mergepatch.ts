export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object, so neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The RFC 7386 merge patch that turns `from` into `to`, or undefined if they are equal. Members that are undefined count as
 * absent; arrays are replaced as a whole.
 */
export function mergePatch(from: unknown, to: JsonObject): JsonObject | undefined {
  const before = isObject(from) ? from : {};
  const patch: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(to)])) {
    const [old, wanted] = [before[name], to[name]];
    if (wanted === undefined) {
      if (old !== undefined) patch[name] = null;
    } else if (isObject(old) && isObject(wanted)) {
      const inner = mergePatch(old, wanted);
      if (inner !== undefined) patch[name] = inner;
    } else if (!equalJson(old, wanted)) {
      patch[name] = wanted;
    }
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function equalJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equalJson(item, b[index]));
  }
  if (isObject(a) && isObject(b)) return mergePatch(a, b) === undefined;
  return a === b;
}
