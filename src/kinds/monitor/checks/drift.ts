import type { DriftCheck, FeatureProfile, MonitorCheck, Signal } from '../../../api/types.ts';
import { milliseconds } from '../../../api/duration.ts';
import { type Blind, type Measure, wholeCount } from '../../../measure/measure.ts';
import type { Sample } from '../../../measure/prometheus.ts';
import { signalCounts } from '../../../measure/queries.ts';
import type { Check } from './check.ts';
import type { Revision } from './subject.ts';
import { withoutObserver } from './observed.ts';
import { fewestSamples, populationStabilityIndex, smoothedShares } from './psi.ts';

/** How far a signal has moved from its distribution in the training data, by the observer's counters. */
export const drift: Check = {
  name: 'drift',
  measure: (check, revision) =>
    check.drift === undefined ? undefined : populationStability(check, check.drift, revision),
};

function populationStability(
  check: MonitorCheck,
  { signal: name, window: text }: DriftCheck,
  revision: Revision,
): Measure {
  const blind = withoutObserver(revision);
  if (blind !== undefined) return blind;
  const signal = revision.signals?.find((candidate) => candidate.name === name);
  if (signal === undefined) return withoutSignal(name, revision);
  const expected = expectation(signal, revision.profile[name]);
  if ('type' in expected) return expected;
  const length = milliseconds(text) ?? 3_600_000;
  return {
    type: 'Question',
    expressions: [signalCounts(revision, length / 1000)],
    window: { length, text },
    minSamples: check.minSamples ?? fewestSamples(expected.size, Number(check.max)),
    title: `PSI of ${name}`,
    unit: '',
    read: ([answer = []]) => {
      const bins = [...expected].map(([bin, share]) => ({ expected: share, count: countOf(answer, name, bin) }));
      const samples = wholeCount(bins.reduce((sum, { count }) => sum + count, 0));
      return { value: populationStabilityIndex(bins), samples };
    },
  };
}

/** The share of each of the observer's bins in the training data. */
function expectation(signal: Signal, profile: FeatureProfile | undefined): ReadonlyMap<string, number> | Blind {
  if (signal.type === 'Number') {
    return profile?.edges === undefined ? withoutProfile(signal) : deciles(signal, profile.edges.map(Number));
  }
  return profile?.categories === undefined ? withoutProfile(signal) : categories(profile.categories);
}

/** A tenth lies between two edges, unless they are equal: then one value makes up an unknown share of the data. */
function deciles(signal: Signal, edges: readonly number[]): ReadonlyMap<string, number> | Blind {
  if (!edges.every((edge, index) => Number.isFinite(edge) && edge > (edges[index - 1] ?? -Infinity))) {
    const message =
      `The training profile of "${signal.name}" has equal edges: one value makes up more than a tenth of the data, so that ` +
      `tenths say nothing. Declare the signal as type Category and report categories, which takes another training.`;
    return { type: 'Blind', reason: 'ProfileNotUsable', message };
  }
  return new Map(Array.from({ length: edges.length + 1 }, (_, index) => [String(index), 1 / (edges.length + 1)]));
}

/** "Other" is always there, since the observer puts into it what the profile does not name. */
function categories(shares: Readonly<Record<string, number | string>>): ReadonlyMap<string, number> {
  const names = [...new Set([...Object.keys(shares), 'Other'])];
  const smoothed = smoothedShares(names.map((name) => Number(shares[name] ?? 0)));
  return new Map(names.map((name, index) => [name, smoothed[index] ?? 0]));
}

function countOf(answer: readonly Sample[], signal: string, bin: string): number {
  const value = answer.find(({ labels }) => labels['signal'] === signal && labels['bin'] === bin)?.value ?? 0;
  return Number.isFinite(value) && value > 0 ? value : 0;
}

function withoutSignal(name: string, { modelDeployment, namespace }: Revision): Blind {
  const message =
    `ModelDeployment "${modelDeployment}" observes no signal "${name}". Add it to spec.observe.signals or correct the ` +
    `check: kubectl edit modeldeployment ${modelDeployment} -n ${namespace}`;
  return { type: 'Blind', reason: 'SignalNotObserved', message };
}

function withoutProfile({ name, type }: Signal): Blind {
  const part = type === 'Number' ? 'edges' : 'categories';
  const message =
    `The ModelVersion that is served has no profile with ${part} for the signal "${name}", so there is nothing to compare ` +
    `with. Let the training report profile.${name}.${part} in its results; the next version has it then.`;
  return { type: 'Blind', reason: 'NoProfile', message };
}
