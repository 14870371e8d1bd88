import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Schema } from '../../hack/generate/schema.ts';
import { parseSchedule } from '../../src/kinds/trainingrun/start/schedule.ts';

const file = join(import.meta.dirname, '..', '..', 'crds', 'trainingruns.yaml');
const { spec } = parse(readFileSync(file, 'utf8')) as {
  spec: { versions: readonly { schema: { openAPIV3Schema: Schema } }[] };
};
const fields = spec.versions[0]?.schema.openAPIV3Schema.properties?.['spec']?.properties ?? {};

/** Whether a text passes all rules of a field, each of which matches it, or does not, against a regular expression. */
function passes(field: string, text: string): boolean {
  const rules = fields[field]?.['x-kubernetes-validations'] ?? [];
  return rules.every(({ rule }) => {
    const [, not, upper, pattern] = /^(!)?self(\.upperAscii\(\))?\.matches\('([^']*)'\)$/.exec(rule) ?? [];
    if (pattern === undefined) throw new Error(`${field}: no rule that this test reads: ${rule}`);
    return new RegExp(pattern, 'u').test(upper === undefined ? text : text.toUpperCase()) !== (not !== undefined);
  });
}

/** One field of a cron expression: values up to `most` and words, which may be too few or contradict each other. */
function cronField(most: number, ...words: readonly string[]) {
  const number = fc.oneof(fc.integer({ min: 0, max: most }).map(String), fc.constantFrom('00', '07', `${most}`));
  const value = words.length === 0 ? number : fc.oneof(number, fc.constantFrom(...words));
  const range = fc.tuple(value, value).map(([from, to]) => `${from}-${to}`);
  const plain = fc.oneof(fc.constant('*'), value, range);
  const stepped = fc.tuple(plain, fc.integer({ min: 0, max: most })).map(([from, step]) => `${from}/${step}`);
  return fc.oneof(
    plain,
    stepped,
    fc.array(fc.oneof(plain, stepped), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(',')),
  );
}

describe('the schema takes', () => {
  test('every schedule that can be read and is due', () => {
    const schedules = fc.tuple(
      cronField(59),
      cronField(23),
      cronField(31, 'L', '15W'),
      cronField(12, 'JAN', 'feb', 'Dec'),
      cronField(7, 'SUN', 'fri', '5L'),
    );
    fc.assert(
      fc.property(schedules, (parts) => {
        const text = parts.join(' ');
        if (parseSchedule(text, undefined).type === 'Valid')
          expect([text, passes('schedule', text)]).toEqual([text, true]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['@hourly', '@daily', '@weekly', '@monthly', '@yearly', '*/60 */24 */31 */12 */7'])('%s', (text) => {
    expect(passes('schedule', text)).toBe(true);
    expect(parseSchedule(text, undefined)).toMatchObject({ type: 'Valid' });
  });

  test('every time of this century that a clock shows, and only times that can be read', () => {
    const times = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(fc.property(times, (time) => expect(passes('rerunAt', time.toISOString())).toBe(true)));
    const written = fc.stringMatching(
      /^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-6][0-9])$/,
    );
    fc.assert(
      fc.property(written, (text) => {
        if (passes('rerunAt', text)) expect(Date.parse(text)).not.toBeNaN();
      }),
      { numRuns: 2000 },
    );
  });
});
