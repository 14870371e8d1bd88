import { fieldOf, type ObjectFinding, type Path } from './finding.ts';

/** What an API server, or a policy or webhook by its mouth, has against an object, in its own words, each at the field that it names. */
export function findingsOfAnswer(words: string): readonly ObjectFinding[] {
  const strict = [...words.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)];
  if (strict.length > 0) return strict.map(([told, field = '']) => finding(field, told, true));
  const typed = /: [.]((?:spec|metadata)\S*): (.*)$/.exec(words);
  if (typed !== null) return [finding(typed[1] ?? '', typed[2] ?? '')];
  const [, list] = / is invalid: \[?(.*?)\]?$/.exec(words) ?? [];
  if (list !== undefined) return list.split(/, (?=(?:(?:spec|metadata)[^ ]*|<nil>): )/).map(cause);
  // Policies and webhooks name the field somewhere, or not at all.
  const mentioned = /\b(?:spec|metadata)(?:[.][A-Za-z0-9_]+|\[[^\]]{1,128}\])+/.exec(words)?.[0];
  return [finding(mentioned ?? '', words)];
}

function cause(words: string): ObjectFinding {
  const [, field = '', told = words] = /^((?:spec|metadata)[^ ]*|<nil>): (.*)$/.exec(words) ?? [];
  return finding(field, told);
}

function finding(field: string, message: string, isOfKey?: true): ObjectFinding {
  const path = pathOf(field);
  const named = field === '' ? fieldOf([]) : field;
  return { severity: 'error', rule: 'Server', field: named, path, message, ...(isOfKey && { isOfKey }) };
}

/** `spec.gate[0].min` in its parts; what was meant by dots within names is not known. */
function pathOf(field: string): Path {
  if (field === fieldOf([])) return [];
  return [...field.matchAll(/\[(\d+)\]|\[([^\]]*)\]|([^.[\]]+)/g)].map(([, index, key, name]) =>
    index === undefined ? (key ?? name ?? '') : Number(index),
  );
}
