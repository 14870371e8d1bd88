import { describe, expect, it } from '@jest/globals';
import { FakePrometheus, monitor } from '../../../test/builders/monitor.ts';
import type { Measure, Question } from './checks/measure.ts';
import { createSampler } from './sampler.ts';

const asking = (...expressions: string[]): Question => ({
  type: 'Question',
  expressions,
  window: 0,
  windowText: '0s',
  minSamples: 0,
  title: 'value',
  unit: '',
  read: ([answer]) => ({ value: answer?.[0]?.value ?? NaN }),
});
const measures = (entries: Record<string, Measure>) => new Map(Object.entries(entries));
const noon = Date.parse('2026-11-24T12:00:00Z');
const seen = { observedGeneration: 1 };

function withUid(uid: string, status = {}) {
  const object = monitor({ interval: '1m' }, status);
  return { ...object, metadata: { ...object.metadata, uid } };
}

describe('A sampler', () => {
  it('asks about a new Monitor at once, and then once per interval, however often it is looked at', async () => {
    const prometheus = new FakePrometheus();
    const sampler = createSampler(prometheus, []);
    for (let second = 0; second < 600; second += 7) {
      await sampler.sample(withUid('a'), measures({ x: asking('up') }), new Date(noon + second * 1000));
    }
    expect(prometheus.asked.length).toBeGreaterThanOrEqual(10);
    expect(prometheus.asked.length).toBeLessThanOrEqual(11);
  });

  it('waits for the slot of a Monitor that was judged before the operator started', async () => {
    const prometheus = new FakePrometheus();
    const sampler = createSampler(prometheus, []);
    const { findings, next } = await sampler.sample(withUid('a', seen), measures({ x: asking('up') }), new Date(noon));
    expect([prometheus.asked.length, findings.size]).toEqual([0, 0]);
    await sampler.sample(withUid('a', seen), measures({ x: asking('up') }), next);
    expect(prometheus.asked.length).toBe(1);
  });

  it('does not wait after an edit', async () => {
    const prometheus = new FakePrometheus();
    const sampler = createSampler(prometheus, []);
    await sampler.sample(withUid('a'), measures({ x: asking('up') }), new Date(noon));
    const edited = withUid('a');
    edited.metadata.generation = 2;
    await sampler.sample(edited, measures({ x: asking('up > 1') }), new Date(noon));
    expect(prometheus.asked).toEqual(['up', 'up > 1']);
  });

  it('spreads a thousand Monitors over their interval', async () => {
    const sampler = createSampler(new FakePrometheus(), []);
    const slots = await Promise.all(
      Array.from({ length: 1000 }, async (_, index) => {
        const { next } = await sampler.sample(withUid(`uid-${index}`, seen), new Map(), new Date(noon));
        return Math.floor((next.getTime() - noon) / 6000);
      }),
    );
    const perTenth = Array.from({ length: 10 }, (_, tenth) => slots.filter((slot) => slot === tenth).length);
    expect(Math.min(...perTenth)).toBeGreaterThan(60);
    expect(Math.max(...perTenth)).toBeLessThan(140);
  });

  it('keeps the slots of a Monitor when the operator starts anew', async () => {
    const next = async () =>
      (await createSampler(undefined, []).sample(withUid('a', seen), new Map(), new Date(noon))).next;
    expect(await next()).toEqual(await next());
  });

  it('asks equal questions of one Monitor once', async () => {
    const prometheus = new FakePrometheus();
    const sampler = createSampler(prometheus, []);
    await sampler.sample(withUid('a'), measures({ x: asking('up', 'n'), y: asking('down', 'n') }), new Date(noon));
    expect(prometheus.asked.toSorted()).toEqual(['down', 'n', 'up']);
  });

  it('never takes an answer for that to another question', async () => {
    const sampler = createSampler(new FakePrometheus(), []);
    const first = await sampler.sample(withUid('a'), measures({ x: asking('of revision 1') }), new Date(noon));
    const second = await sampler.sample(withUid('a'), measures({ x: asking('of revision 2') }), new Date(noon));
    expect([first.findings.size, second.findings.size]).toEqual([1, 0]);
  });

  it('asks each source its own questions', async () => {
    const [own, other] = [new FakePrometheus(), new FakePrometheus()];
    const sampler = createSampler(own, [{ name: 'other', client: other, namespaces: ['team'] }]);
    await sampler.sample(
      withUid('a'),
      measures({ x: asking('up'), y: { ...asking('up'), source: 'other' } }),
      new Date(noon),
    );
    expect([own.asked, other.asked]).toEqual([['up'], ['up']]);
  });

  it('has one check fail alone', async () => {
    const [own, other] = [new FakePrometheus(), new FakePrometheus()];
    other.away = true;
    const sampler = createSampler(own, [{ name: 'other', client: other, namespaces: ['team'] }]);
    const { findings } = await sampler.sample(
      withUid('a'),
      measures({ x: asking('up'), y: { ...asking('up'), source: 'other' } }),
      new Date(noon),
    );
    expect(findings.get('x')?.outcome.type).toBe('Measured');
    expect(findings.get('y')?.outcome).toMatchObject({ type: 'Blind', reason: 'QueryFailed' });
  });

  it('says that no Prometheus is configured', async () => {
    const { findings } = await createSampler(undefined, []).sample(
      withUid('a'),
      measures({ x: asking('up') }),
      new Date(noon),
    );
    expect(findings.get('x')?.outcome).toMatchObject({ type: 'Blind', reason: 'PrometheusNotConfigured' });
  });

  it('lets values into the status once an hour', async () => {
    const sampler = createSampler(new FakePrometheus(), []);
    let refreshed = 0;
    for (let minute = 0; minute < 300; minute += 1) {
      const { refresh } = await sampler.sample(withUid('a'), measures({}), new Date(noon + minute * 60_000));
      if (refresh) refreshed += 1;
    }
    expect(refreshed).toBe(5);
  });

  it('forgets a Monitor that nobody asks about any more', async () => {
    const sampler = createSampler(new FakePrometheus(), []);
    await sampler.sample(withUid('a'), measures({}), new Date(noon));
    expect(sampler.remembered(new Date(noon + 60_000)).length).toBe(1);
    expect(sampler.remembered(new Date(noon + 3 * 3_600_000)).length).toBe(0);
  });
});
