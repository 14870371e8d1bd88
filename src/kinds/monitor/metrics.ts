import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import { keyOf } from '../../api/resource.ts';
import type { Memory, Sampler } from './sampler.ts';

const labels = ['namespace', 'monitor', 'check'] as const;
const verdicts = ['Passing', 'Pending', 'Failing', 'Unknown'] as const;

/** Exports what the sampler remembers, read at each scrape. Values are fresh here; in status they are hourly. */
export function registerMonitorMetrics(registry: Registry, sampler: Sampler): void {
  const registers = [registry];
  const collected = (fill: (memory: Memory) => void) =>
    function collect(this: { reset(): void }): void {
      this.reset();
      sampler.remembered(new Date()).forEach(fill);
    };
  const value = new Gauge({
    name: 'flyball_monitor_check_value',
    help: "The last value of a check, in the check's unit.",
    labelNames: labels,
    registers,
    collect: collected(({ monitor, answers }) => {
      const { namespace, name } = keyOf(monitor);
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
    collect: collected(({ monitor }) => {
      const { namespace, name } = keyOf(monitor);
      for (const check of monitor.status?.checks ?? []) {
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
    collect: collected(({ monitor, at, answers }) => {
      const { namespace, name } = keyOf(monitor);
      if (answers.size > 0) sampled.set({ namespace, monitor: name }, at.getTime() / 1000);
    }),
  });
}
