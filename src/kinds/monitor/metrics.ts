import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { IMonitor } from '../../api/types.ts';
import { monitors } from '../../api/kinds.ts';
import { keyOf } from '../../api/resource.ts';
import type { Remembered, Sampler } from '../../measure/sampler.ts';

const labels = ['namespace', 'monitor', 'check'] as const;
const verdicts = ['Passing', 'Pending', 'Failing', 'Unknown'] as const;

/** Exports what the sampler remembers of Monitors, read at each scrape. Values are fresh here; in status they may be ten minutes old. */
export function registerMonitorMetrics(registry: Registry, sampler: Pick<Sampler, 'remembered'>): void {
  const registers = [registry];
  const collected = (fill: (remembered: Remembered<IMonitor>) => void) =>
    function collect(this: { reset(): void }): void {
      this.reset();
      sampler.remembered(monitors).forEach(fill);
    };
  const value = new Gauge({
    name: 'flyball_monitor_check_value',
    help: "The last value of a check, in the check's unit.",
    labelNames: labels,
    registers,
    collect: collected(({ object, answers }) => {
      const { namespace, name } = keyOf(object);
      for (const [check, { outcome }] of answers) {
        if (outcome.type === 'Measured' && outcome.value !== undefined) {
          value.set({ namespace, monitor: name, check }, outcome.value);
        }
      }
    }),
  });
  const verdict = new Gauge({
    name: 'flyball_monitor_check_verdict',
    help: '1 for the verdict that a check has, 0 for the others.',
    labelNames: [...labels, 'verdict'],
    registers,
    collect: collected(({ object }) => {
      const { namespace, name } = keyOf(object);
      for (const check of object.status?.checks ?? []) {
        for (const one of verdicts) {
          verdict.set({ namespace, monitor: name, check: check.name, verdict: one }, check.verdict === one ? 1 : 0);
        }
      }
    }),
  });
  const sampled = new Gauge({
    name: 'flyball_monitor_last_sample_timestamp_seconds',
    help: 'When a Monitor last asked for its values, as Unix time.',
    labelNames: ['namespace', 'monitor'],
    registers,
    collect: collected(({ object, answers }) => {
      const { namespace, name } = keyOf(object);
      const times = [...answers.values()].map(({ at }) => at.getTime());
      if (times.length > 0) sampled.set({ namespace, monitor: name }, Math.max(...times) / 1000);
    }),
  });
}
