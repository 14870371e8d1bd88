import { setTimeout as pause } from 'node:timers/promises';
import type { Distortion, Measured } from '../proxy/prometheus.ts';
import { anyMoment, type Fault } from './fault.ts';

const clock = { class: 'Clock', kind: 'None', end: 'MayDiffer', moments: anyMoment, needs: 'Node' } as const;
const outage = { class: 'Outage', kind: 'None', end: 'AsReference', moments: anyMoment } as const;
const measuring = {
  class: 'Prometheus',
  kind: 'None',
  end: 'AsReference',
  moments: ['Query'],
} as const;

/** In milliseconds. */
const jump = 5_000;
const day = 24 * 3_600_000;
const duration = 4_000;
const slowness = 300;

/** The calendar clock jumps: for a while, or for good. */
export const clocks: readonly Fault[] = [
  { ...clock, name: 'clock-forward', strike: ({ processes, later }) => jumpBy(jump, processes, later) },
  { ...clock, name: 'clock-back', strike: ({ processes, later }) => jumpBy(-jump, processes, later) },
  { ...clock, name: 'clock-leap', strike: ({ processes }) => processes.shiftClock(day) },
];

function jumpBy(
  milliseconds: number,
  processes: { shiftClock(milliseconds: number): void },
  later: (milliseconds: number, act: () => void) => void,
): void {
  processes.shiftClock(milliseconds);
  later(duration, () => processes.shiftClock(0));
}

/** The API server cannot be reached, shorter or longer than the Lease lasts, or is slow. */
export const outages: readonly Fault[] = [
  {
    ...outage,
    name: 'outage',
    strike: ({ proxy, leaseDuration, later }) => {
      proxy.cut();
      later(leaseDuration * 0.4, () => proxy.mend());
    },
  },
  {
    ...outage,
    name: 'blackout',
    strike: ({ proxy, leaseDuration, later }) => {
      proxy.cut();
      later(leaseDuration * 1.25, () => proxy.mend());
    },
  },
  {
    ...outage,
    name: 'slow',
    strike: ({ proxy, later }) => {
      proxy.slowness = slowness;
      later(duration, () => {
        proxy.slowness = 0;
      });
    },
  },
];

interface Vector {
  readonly status: string;
  readonly data: { readonly resultType: string; readonly result: readonly Sample[] };
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

function distort({ status, body }: Measured, change: (result: readonly Sample[]) => readonly Sample[]): Measured {
  if (status !== 200) return { status, body };
  const vector = JSON.parse(body) as Vector;
  const data = { ...vector.data, result: change(vector.data.result) };
  return { status, body: JSON.stringify({ ...vector, data }) };
}

const valued =
  (text: string): Distortion =>
  (measured) =>
    distort(measured, (result) => result.map(({ metric, value: [time] }) => ({ metric, value: [time, text] })));

const emptied: Distortion = (measured) => distort(measured, () => []);

/** Each series is told as two, as by a metrics store of several shards. */
const split: Distortion = (measured) =>
  distort(measured, (result) =>
    result.flatMap(({ metric, value }) => ['a', 'b'].map((shard) => ({ metric: { ...metric, shard }, value }))),
  );

/** Every other answer is empty. */
function flapping(): Distortion {
  let isEmpty = false;
  return (measured) => {
    isEmpty = !isEmpty;
    return isEmpty ? emptied(measured) : measured;
  };
}

/** One after the other of the ways in which an answer can be none. */
function broken(): Distortion {
  const ways: readonly (Measured | undefined)[] = [
    { status: 500, body: 'internal error' },
    undefined,
    { status: 200, body: '{"status":"success","data":{"resultType":"vec' },
    { status: 200, body: '{"status":"success"}' },
    {
      status: 422,
      body: '{"status":"error","errorType":"execution","error":"query processing would load too many samples"}',
    },
  ];
  let next = 0;
  return () => ways[next++ % ways.length];
}

/** One after the other of the ways in which Prometheus, or what stands before it, says at length that it has no answer. */
function wordy(): Distortion {
  const long = 'words '.repeat(1_500);
  const ways: readonly Measured[] = [
    { status: 502, body: `<html><body>${long}</body></html>` },
    { status: 422, body: JSON.stringify({ status: 'error', errorType: 'execution', error: long }) },
  ];
  let next = 0;
  return () => ways[next++ % ways.length];
}

/** An answer that does not end for a long time: more than anybody can want to keep. */
const endless: Distortion = () => ({ status: 200, body: ' '.repeat(1_048_576), bytes: 256 * 1_048_576 });

/** Far more series than were asked for, with far longer labels. */
const flooded: Distortion = (measured) =>
  distort(measured, (result) =>
    result.flatMap(({ metric, value }) =>
      Array.from({ length: 20_000 }, (_, index) => ({ metric: { ...metric, flood: `${index}`.repeat(20) }, value })),
    ),
  );

const distorted = (name: string, distortion: () => Distortion, more: Partial<Fault> = {}): Fault => ({
  ...measuring,
  ...more,
  name,
  strike: ({ prometheus, later }) => {
    prometheus.distortion = distortion();
    later(duration, () => {
      prometheus.distortion = undefined;
    });
  },
});

/** Prometheus answers late, wrongly or not at all. */
export const measurements: readonly Fault[] = [
  distorted('prometheus-slow', () => async (measured) => {
    await pause(slowness);
    return measured;
  }),
  distorted('prometheus-silent', () => async () => {
    await pause(duration);
    return undefined;
  }),
  distorted('prometheus-nan', () => valued('NaN')),
  distorted('prometheus-infinite', () => valued('+Inf'), { end: 'MayDiffer' }),
  distorted('prometheus-huge', () => valued('1.7976931348623157e+308'), { end: 'MayDiffer' }),
  distorted('prometheus-empty', () => emptied),
  distorted('prometheus-split', () => split),
  distorted('prometheus-flapping', flapping),
  distorted('prometheus-broken', broken),
  distorted('prometheus-wordy', wordy),
  distorted('prometheus-endless', () => endless),
  distorted('prometheus-flooded', () => flooded, { end: 'MayDiffer' }),
];
