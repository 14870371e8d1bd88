import { decimalText } from '../domain/decimal.ts';
import { isFields } from '../domain/canonical.ts';
import { isMetricName, Malformed, quoted } from './document.ts';

const most = 16;

/**
 * The numbers of a program's own JSON file as metrics, by their dotted names. What is no number, a list, and what no metric can be called are
 * passed over: the file is not ours. So is what is left when there are as many as a status holds, those that the gate judges being first.
 * @param gate the metrics that the gate judges.
 * @throws Malformed
 */
export function parseMetrics(text: string, path: string, gate: readonly string[]): Record<string, string> {
  const root = parsed(text);
  if (!isFields(root)) {
    throw new Malformed(
      `what was left in ${path} is not one JSON object: write one such as {"accuracy": 0.93} to it, once and nothing else`,
    );
  }
  const numbers = numbersOf(root);
  const named = [...new Set(gate)].filter((name) => isMetricName(name) && numbers.has(name));
  const judged = named.map((name) => [name, judgedDecimal(name, numbers.get(name) ?? [])] as const);
  const others = [...numbers].flatMap(([name, [value]]) => {
    const decimal = value === undefined || gate.includes(name) ? undefined : decimalText(value);
    return decimal === undefined || !isMetricName(name) ? [] : [[name, decimal] as const];
  });
  return Object.fromEntries([...judged, ...others].slice(0, most));
}

function judgedDecimal(name: string, [value = Number.NaN, ...others]: readonly number[]): string {
  if (others.length > 0) {
    throw new Malformed(`the gate judges ${quoted(name)}, and two numbers are called so: give one another name`);
  }
  const decimal = decimalText(value);
  if (decimal !== undefined) return decimal;
  throw new Malformed(
    `the gate judges ${quoted(name)}, which is NaN, infinite or beyond 15 digits before the point: see why, such as a loss that diverged`,
  );
}

/** JSON as Python writes it, too, with NaN and Infinity: a number that no number is as large as stands for both. */
function parsed(text: string): unknown {
  const json = text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b|\bInfinity\b/g, (part) =>
    part.startsWith('"') ? part : '1e999',
  );
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** All numbers below an object by their dotted names, in the order of the text. */
function numbersOf(root: Record<string, unknown>): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, readonly number[]>();
  const waiting = Object.entries(root);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, value] = next;
    if (typeof value === 'number') numbers.set(name, [...(numbers.get(name) ?? []), value]);
    else if (isFields(value)) {
      waiting.unshift(...Object.entries(value).map(([key, member]): [string, unknown] => [`${name}.${key}`, member]));
    }
  }
  return numbers;
}
