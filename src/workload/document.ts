import { shortened } from '../api/condition.ts';
import { defined } from '../api/defined.ts';
import type { FeatureProfile } from '../api/types.ts';
import { decimalText } from '../domain/decimal.ts';

/** What a training container reports, checked, with decimals as text. */
export interface ResultsDocument {
  readonly metrics: Readonly<Record<string, string>>;
  readonly digest?: string;
  readonly datasets: Readonly<Record<string, string>>;
  /** The champion's metrics, measured by this attempt on the same data as its own. */
  readonly championMetrics?: Readonly<Record<string, string>>;
  readonly profile?: Readonly<Record<string, FeatureProfile>>;
}

/** What is wrong with a document, in words for whoever wrote it. */
export class Malformed extends Error {}

const fields = ['metrics', 'model', 'datasets', 'champion', 'profile'];
const metricName = /^[A-Za-z_][A-Za-z0-9_./@-]{0,62}$/;
const datasetName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/;
/** Of a signal or a category, in any language; some have letters that are joined, or are not, by a mark without width. */
const shownName = /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\u200C\u200D]){1,63}$/u;
const datasetDigest = /^sha256:[0-9a-f]{64}$/;
const digest = /^[A-Za-z0-9:+._-]{1,128}$/;

/** @throws Malformed */
export function parseDocument(message: string): ResultsDocument {
  // The API's JSON has this character in place of each byte that was not UTF-8.
  if (message.includes('\uFFFD')) throw new Malformed('the results document is not UTF-8: write it as UTF-8');
  const root = object(parseJSON(message), 'the results document', '{"metrics": {"f1": 0.93}}');
  const unknown = Object.keys(root).find((key) => !fields.includes(key));
  if (unknown !== undefined) {
    throw new Malformed(
      `the results document has the unknown field ${quoted(unknown)}: known are ${fields.join(', ')}`,
    );
  }
  const model = optionalObject(root, 'model');
  const champion = optionalObject(root, 'champion');
  return defined<ResultsDocument>({
    metrics: metrics(root['metrics'], 'metrics'),
    digest: model?.['digest'] === undefined ? undefined : modelDigest(model['digest']),
    datasets: datasets(root['datasets']),
    championMetrics: champion === undefined ? undefined : metrics(champion['metrics'], 'champion.metrics'),
    profile: root['profile'] === undefined ? undefined : profile(root['profile']),
  });
}

function parseJSON(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    const found = /"([^"\\]{0,64})"\s*:\s*(?:\[[^\]]*?)?(-?(?:NaN|Infinity))\b/.exec(message);
    if (found)
      throw new Malformed(
        `field ${quoted(found[1] ?? '')} is ${found[2]}, which is not JSON: report a finite number or leave it out`,
      );
    throw new Malformed(
      'the results document is not JSON: write one JSON object such as {"metrics": {"f1": 0.93}} and nothing else to FLYBALL_RESULTS',
    );
  }
}

function metrics(value: unknown, field: string): Record<string, string> {
  const entries = Object.entries(value === undefined ? {} : object(value, field, '{"f1": 0.93}'));
  if (entries.length > 16) throw new Malformed(`${field} has ${entries.length} entries: report at most 16`);
  return Object.fromEntries(
    entries.map(([name, metric]) => [checkedName(name, field), decimal(metric, `${field}.${name}`)]),
  );
}

function checkedName(name: string, field: string): string {
  if (isMetricName(name)) return name;
  throw new Malformed(
    `${field} has the name ${quoted(name)}: begin with a letter or "_" and use at most 63 letters, digits and _ . / @ -`,
  );
}

/** Whether a metric can be called so, in status and in a gate. */
export function isMetricName(name: string): boolean {
  return metricName.test(name) && name !== prototype;
}

/** To a program in JavaScript no member like others. */
const prototype = '__proto__';

function checkedWords(name: string, field: string): string {
  if (shownName.test(name) && name !== prototype) return name;
  throw new Malformed(
    `${field} has the name ${quoted(name)}: use 1 to 63 characters that can be shown, and no control characters`,
  );
}

function datasets(value: unknown): Record<string, string> {
  const entries = Object.entries(value === undefined ? {} : object(value, 'datasets', '{"train": "sha256:…"}'));
  if (entries.length > 16) throw new Malformed(`datasets has ${entries.length} entries: report at most 16`);
  const misnamed = entries.find(([name]) => !datasetName.test(name) || name === prototype);
  if (misnamed) {
    throw new Malformed(
      `datasets has the name ${quoted(misnamed[0])}: use at most 63 letters, digits and _ . -, as the dataset is called in spec.datasets`,
    );
  }
  const wrong = entries.find(([, reported]) => typeof reported !== 'string' || !datasetDigest.test(reported));
  if (wrong)
    throw new Malformed(`datasets.${quoted(wrong[0])} is no digest: write "sha256:" and 64 hexadecimal digits`);
  return Object.fromEntries(entries.map(([name, reported]) => [name, String(reported)]));
}

function modelDigest(value: unknown): string {
  if (typeof value === 'string' && digest.test(value)) return value;
  throw new Malformed(
    'model.digest is no digest: write a text such as "sha256:…" of at most 128 letters, digits and : + . _ -',
  );
}

function profile(value: unknown): Record<string, FeatureProfile> {
  const entries = Object.entries(object(value, 'profile', '{"amount": {"edges": […]}}'));
  if (entries.length > 32) throw new Malformed(`profile has ${entries.length} signals: report at most 32`);
  return Object.fromEntries(
    entries.map(([signal, feature]) => [checkedWords(signal, 'profile'), featureProfile(feature, `profile.${signal}`)]),
  );
}

function featureProfile(value: unknown, field: string): FeatureProfile {
  const feature = object(value, field, '{"edges": […]} or {"categories": {…}}');
  if ((feature['edges'] === undefined) === (feature['categories'] === undefined)) {
    throw new Malformed(`${quoted(field)} needs exactly one of edges (for a number) and categories (for words)`);
  }
  if (feature['edges'] !== undefined) return { edges: edges(feature['edges'], `${field}.edges`) };
  return { categories: categories(feature['categories'], `${field}.categories`) };
}

function edges(value: unknown, field: string): string[] {
  if (!Array.isArray(value) || value.length !== 9)
    throw new Malformed(`${quoted(field)} must list the nine decile edges`);
  const numbers: unknown[] = value;
  const texts = numbers.map((edge, index) => decimal(edge, `${field}[${index}]`));
  const isAscending = texts.every((edge, index) => index === 0 || Number(texts[index - 1]) <= Number(edge));
  if (!isAscending) throw new Malformed(`${quoted(field)} must list the nine decile edges in ascending order`);
  return texts;
}

function categories(value: unknown, field: string): Record<string, string> {
  const entries = Object.entries(object(value, field, '{"DE": 0.6, "Other": 0.4}'));
  if (entries.length > 13) throw new Malformed(`${quoted(field)} has ${entries.length} names: at most 12 and Other`);
  const wrong = entries.find(([, share]) => typeof share !== 'number' || share < 0 || share > 1);
  if (wrong) throw new Malformed(`${quoted(`${field}.${wrong[0]}`)} is no share: write a number between 0 and 1`);
  return Object.fromEntries(
    entries.map(([name, share]) => [checkedWords(name, quoted(field)), decimal(share, `${field}.${name}`)]),
  );
}

function decimal(value: unknown, field: string): string {
  const text = typeof value === 'number' ? decimalText(value) : undefined;
  if (text !== undefined) return text;
  throw new Malformed(`${quoted(field)} is not a finite number of at most 15 digits before the point`);
}

function optionalObject(root: Record<string, unknown>, field: string): Record<string, unknown> | undefined {
  return root[field] === undefined ? undefined : object(root[field], field, '{…}');
}

function object(value: unknown, field: string, example: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Malformed(`${field} must be a JSON object such as ${example}`);
}

/** What came from a container is shown as a JSON string and cut. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text, 100));
}
