import type { IMonitor } from '../../../src/api/types.ts';
import { modelDeployment, monitor, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

const noDuration = (field: string, value: string, example = '"10m" or "1h30m"') =>
  `${field} is "${value}", which is no duration: write whole numbers with h, m, s or ms and no space, such as ${example}; a day is "24h"`;

const hold: Place = {
  field: 'spec.rollout.steps[0].hold',
  at: (value) => modelDeployment({ rollout: { steps: [{ weight: 5, hold: value }] } }),
};
const minReady: Place = {
  field: 'spec.rollout.minReady',
  at: (value) => modelDeployment({ rollout: { minReady: value } }),
};
const watching = (field: string, at: (value: string) => Partial<IMonitor['spec']>): Place => ({
  field: `spec.${field}`,
  at: (value) => monitor(at(value)),
});
const errors = { name: 'errors', errors: {}, max: 0.01 };
const drift = { name: 'drift', max: 0.2 };
const retrain = { trainingRunRef: { name: 'fraud' }, onChecks: ['errors'] };
const interval = watching('interval', (value) => ({ interval: value }));
const held = watching('checks[0].for', (value) => ({ checks: [{ ...errors, for: value }] }));
const window = watching('checks[0].window', (value) => ({ checks: [{ ...errors, window: value }] }));
const driftWindow = watching('checks[0].drift.window', (value) => ({
  checks: [{ ...drift, drift: { signal: 'amount', test: 'PSI', window: value } }],
}));
const cooldown = watching('retrain.cooldown', (value) => ({ retrain: { ...retrain, cooldown: value } }));
const per = watching('retrain.limit.per', (value) => ({ retrain: { ...retrain, limit: { count: 1, per: value } } }));
const within = watching('rollback.within', (value) => ({ rollback: { onChecks: ['errors'], within: value } }));

const durationRefusals = [
  refusedValue('a hold is in words', hold, '5 minutes', '5m', noDuration('hold', '5 minutes')),
  refusedValue('a hold is in days', hold, '1d', '24h', noDuration('hold', '1d')),
  refusedValue('a hold has no unit', hold, '300', '300s', noDuration('hold', '300')),
  refusedValue('a hold has a space', hold, '1h 30m', '1h30m', noDuration('hold', '1h 30m')),
  refusedValue(
    'a revision stays ready in words',
    minReady,
    '10 seconds',
    '5m',
    'minReady is "10 seconds", which is no duration: write whole numbers with h, m, s or ms and no space, such as "10s" or "1m30s"',
  ),
  refusedValue('an interval is in words', interval, '1 min', '1m', noDuration('interval', '1 min', '"1m"')),
  refusedValue('a check is held in words', held, '5min', '5m', noDuration('for', '5min', '"5m"')),
  refusedValue('a window is in days', window, '7d', '168h', noDuration('window', '7d', '"5m" or "1h30m"')),
  refusedValue('a drift looks back in days', driftWindow, '1d', '24h', noDuration('window', '1d', '"5m" or "1h30m"')),
  refusedValue('a cooldown is a fraction', cooldown, '1.5h', '1h30m', noDuration('cooldown', '1.5h', '"1h"')),
  refusedValue('a limit is per week', per, 'week', '168h', noDuration('per', 'week', '"168h"')),
  refusedValue('a revision is fresh for a day', within, '1d', '24h', noDuration('within', '1d', '"24h"')),
];

const gangWait: Place = { field: 'spec.gangWait', at: (value) => trainingRun({ nodes: 2, gangWait: value }) };
const gangRefusals = [
  refusedValue('a gang waits in words', gangWait, '15 min', '15m', noDuration('gangWait', '15 min', '"15m"')),
  refusedValue(
    'a gang waits too shortly',
    gangWait,
    '30s',
    '1m',
    'gangWait is "30s": wait at least "1m", since nodes take a while to have room again',
  ),
];

const schedule: Place = { field: 'spec.schedule', at: (value) => trainingRun({ schedule: value }) };
const zone = (value: string) => trainingRun({ schedule: '0 3 * * 1', timeZone: value });
const rerunAt: Place = { field: 'spec.rerunAt', at: (value) => trainingRun({ rerunAt: value }) };

const noCron = (value: string) =>
  `schedule "${value}" is no cron expression of five fields: write minute, hour, day of month, month and day of week with one space between them, such as "0 3 * * 1", or @hourly, @daily, @weekly, @monthly or @yearly`;
const outOfRange = (value: string) =>
  `schedule "${value}" has a number that its field has not: minutes go from 0 to 59, hours from 0 to 23, days of the month from 1 to 31, months from 1 to 12, days of the week from 0 to 7`;
const steps = (value: string) =>
  `schedule "${value}" has a step that starts from nothing: write it behind "*" or a range, such as "*/15" or "5-59/15"`;
const neverDue = (value: string) =>
  `schedule "${value}" is never due, since none of its months has such a day: choose a day that they have, or L for the last one`;

const cron = (because: string, refused: string, accepted: string, message: (value: string) => string) =>
  refusedValue(because, schedule, refused, accepted, message(refused));

const scheduleRefusals = [
  cron('a schedule has four fields', '0 3 * *', '0 3 * * *', noCron),
  cron('a schedule has seconds', '0 0 3 * * 1', '0 3 * * 1', noCron),
  cron('a schedule is in words', 'daily', '@daily', noCron),
  cron('a schedule has an unknown word', '@every 1h', '@hourly', noCron),
  cron('a schedule has a question mark', '0 3 ? * 1', '0 3 * * 1', noCron),
  cron('an hour has too many minutes', '60 * * * *', '59 * * * *', outOfRange),
  cron('a range ends behind the hour', '0-60 * * * *', '0-59 * * * *', outOfRange),
  cron('a day has too many hours', '0 24 * * *', '0 23 * * *', outOfRange),
  cron('a month has no first day', '0 0 0 * *', '0 0 1 * *', outOfRange),
  cron('a month has too many days', '0 0 1,32 * *', '0 0 1,31 * *', outOfRange),
  cron('a year has too many months', '0 0 1 13 *', '0 0 1 12 *', outOfRange),
  cron('a week has too many days', '0 0 * * 8', '0 0 * * 7', outOfRange),
  cron('a step starts from nothing', '/15 * * * *', '*/15 * * * *', steps),
  cron('a step starts from a number', '0 3/6 * * *', '0 3-23/6 * * *', steps),
  cron('February has too many days', '0 0 31 2 *', '0 0 29 2 *', neverDue),
  cron('none of the months has 31 days', '0 0 31 APR,jun,9 *', '0 0 31 APR,jun,10 *', neverDue),
];

const noTime = (value: string) =>
  `rerunAt is "${value}", which is no time of this century: write date, time and offset from UTC, at most 14:00, such as 2026-11-24T10:00:00Z; date -u +%FT%TZ prints the present time so`;
const time = (because: string, refused: string, accepted: string) =>
  refusedValue(because, rerunAt, refused, accepted, noTime(refused));

const timeRefusals = [
  time('rerunAt is now', 'now', '2026-11-24T10:00:00Z'),
  time('rerunAt is a day', '2026-11-24', '2026-11-24T00:00:00Z'),
  time('rerunAt has no offset', '2026-11-24T10:00:00', '2026-11-24T10:00:00Z'),
  time('rerunAt has an offset that no clock has', '2026-11-24T10:00:00+25:00', '2026-11-24T10:00:00+14:00'),
  time('rerunAt is behind the last time zone', '2026-11-24T10:00:00-12:30', '2026-11-24T10:00:00-12:00'),
  time('rerunAt is on no day', '2026-02-30T10:00:00Z', '2028-02-29T10:00:00Z'),
  time('rerunAt is at no hour', '2026-11-24T24:00:00Z', '2026-11-24T23:59:59Z'),
  time('rerunAt is in another century', '3026-11-24T10:00:00Z', '2099-11-24T10:00:00Z'),
];

const zoneRefusals: readonly Refusal[] = [
  {
    because: 'a time zone is none',
    object: zone('Europe/Berlim'),
    field: 'spec.timeZone',
    message:
      'Invalid value: "string": unknown time zone Europe/Berlim evaluating rule: name it as IANA does, such as Europe/Berlin, or remove timeZone for UTC',
    border: zone('Europe/Berlin'),
  },
  ...[
    ['CEST', 'CET'],
    ['UTC+1', 'Etc/GMT-1'],
  ].map(([refused = '', accepted = '']) => ({
    because: `a time zone is ${refused}`,
    object: zone(refused),
    field: 'spec.timeZone',
    message: `Invalid value: "string": unknown time zone ${refused} evaluating rule: name it as IANA does, such as Europe/Berlin, or remove timeZone for UTC`,
    border: zone(accepted),
  })),
  {
    because: 'a time zone is written in lower case',
    object: zone('europe/berlin'),
    field: 'spec.timeZone',
    message:
      'Invalid value: "europe/berlin": timeZone "europe/berlin" is no time zone: name it as IANA does, such as Europe/Berlin, or remove timeZone for UTC',
    border: zone('Europe/Berlin'),
  },
];

export const timeTextRefusals: readonly Refusal[] = [
  ...durationRefusals,
  ...gangRefusals,
  ...scheduleRefusals,
  ...timeRefusals,
  ...zoneRefusals,
];
