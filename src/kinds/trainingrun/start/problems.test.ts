import { describe, expect, it } from '@jest/globals';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { names, now, observed, runWith, stalledOf, summaryOf } from '../../../../test/builders/trainingplan.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';
import { plan } from '../plan.ts';

const edit = '`kubectl -n team edit trun fraud`';
const planOf = (spec: Partial<TrainingRunSpec>) => plan(observed(trainingRun({ spec })), now);

describe('A spec that cannot be done as it stands', () => {
  it.each<[string, Partial<TrainingRunSpec>, string, string]>([
    [
      'a schedule that ends before it begins',
      { schedule: '0 3 20-10 * *' },
      'ScheduleInvalid',
      `schedule "0 3 20-10 * *" cannot be read. Correct it: ${edit}; the cron parser said: CronPattern: From value is larger than to value: '20-10'`,
    ],
    [
      'a schedule that is never due',
      { schedule: '0 0 31 2 *' },
      'ScheduleInvalid',
      `schedule "0 0 31 2 *" is never due. Correct it: ${edit}`,
    ],
    [
      'a time zone that is none',
      { schedule: '0 3 * * *', timeZone: 'Europe/Berlim' },
      'ScheduleInvalid',
      `timeZone "Europe/Berlim" is none that IANA knows. Correct it: ${edit}`,
    ],
    [
      'parameters that no program starts with',
      {
        parameters: Object.fromEntries(
          Array.from({ length: 64 }, (_, index) => [`p${index}`, '"'.repeat(1020 + index)]),
        ),
      },
      'ParametersTooLarge',
      `spec.parameters make the variable FLYBALL_PARAMETERS 135,178 bytes long, and no program starts with one of more than 131,071. Shorten "p63", which has 2,168, for instance by a file in the image or in a dataset: ${edit}`,
    ],
  ])('is told where people look first: %s', (_, spec, reason, message) => {
    expect(summaryOf(planOf(spec))).toMatchObject({ status: 'False', reason, message });
    expect(stalledOf(planOf(spec))).toMatchObject({ reason, message });
  });

  it.each<[string, NonNullable<TrainingRunSpec['pod']>]>([
    ['annotations', { annotations: { large: 'x'.repeat(240_000) } }],
    ['sidecars', { sidecars: [{ name: 'proxy', image: 'i', args: Array(120).fill('x'.repeat(2_000)) }] }],
    [
      'initContainers',
      { initContainers: [{ name: 'fetch-data', image: 'i', args: Array(120).fill('x'.repeat(2_000)) }] },
    ],
  ])('is larger than a Job can carry by spec.pod.%s, too', (field, pod) => {
    expect(planOf({ pod: { runAsUser: 1000, ...pod } })).toMatchObject({ actions: [] });
    expect(summaryOf(planOf({ pod }))).toMatchObject({
      reason: 'RecipeTooLarge',
      message: expect.stringMatching(new RegExp(`Shorten spec\\.pod\\.${field}, which has 24\\d,\\d{3}`)),
    });
  });

  it('is hidden neither by an old success nor by an attempt that goes on', () => {
    const succeeded = runWith({ schedule: '0 0 31 2 *' }, { verdict: 'NoResults', endTime: '2026-11-24T11:00:00Z' });
    const planned = plan(observed(succeeded), now);
    expect(planned.status.attempts?.at(-1)?.verdict).toBe('NoResults');
    expect(summaryOf(planned)).toMatchObject({ status: 'False', reason: 'ScheduleInvalid' });
    const edited = runWith({ parameters: { 'a-b': '1', 'a.b': '2' } }, { recipeDigest: 'old' });
    expect(summaryOf(plan(observed(edited), now))).toMatchObject({ status: 'False', reason: 'ParametersCollide' });
  });

  it('starts a program whose variable is just as long as Linux takes', () => {
    const filled = (last: number) => {
      const values = Array.from({ length: 62 }, (_, index) => [`p${index}`, '"'.repeat(1024)]);
      return { parameters: { ...Object.fromEntries(values), a: '"'.repeat(1024), last: 'x'.repeat(last) } };
    };
    expect(names(planOf(filled(1)).actions)).toEqual(['Create fraud-1-train']);
    const most = 131_071 - `FLYBALL_PARAMETERS=${JSON.stringify(filled(0).parameters)}`.length;
    expect(names(planOf(filled(most)).actions)).toEqual(['Create fraud-1-train']);
    expect(planOf(filled(most + 1)).actions).toEqual([]);
  });
});
