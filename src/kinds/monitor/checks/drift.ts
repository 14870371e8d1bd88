import { kubectl } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import type { DriftCheck, MonitorCheck, Signal } from '../../../api/types.ts';
import { milliseconds } from '../../../api/duration.ts';
import { isCount, wholeCount } from '../../../measure/measure.ts';
import type { Blind, Measure } from './measure.ts';
import type { Sample } from '../../../measure/prometheus.ts';
import { signalCounts, skipCounts } from '../../../measure/queries.ts';
import { categoriesOf } from '../../../domain/profile.ts';
import type { Check } from './check.ts';
import type { Revision } from './subject.ts';
import { withoutObserver } from './observed.ts';
import { skipsIn } from './skips.ts';
import { fewestSamples, populationStabilityIndex, smoothedShares } from './psi.ts';

/** How far a signal has moved from its distribution in the training data, by the observer's counters. */
export const drift: Check = {
  name: 'drift',
  measure: (check, revision) =>
    check.drift === undefined ? undefined : populationStability(check, check.drift, revision),
};

function populationStability(
  check: MonitorCheck,
  { signal: name, window: text, maxSkipped }: DriftCheck,
  revision: Revision,
): Measure {
  const blind = withoutObserver(revision);
  if (blind !== undefined) return blind;
  const signal = revision.signals?.find((candidate) => candidate.name === name);
  if (signal === undefined) return withoutSignal(name, revision);
  const expected = expectation(signal, revision);
  if ('type' in expected) return expected;
  const length = milliseconds(text) ?? 3_600_000;
  const minSamples = check.minSamples ?? fewestSamples(expected.size, Number(check.max));
  return {
    type: 'Question',
    expressions: [signalCounts(revision, length / 1000), skipCounts(revision, length / 1000)],
    readBy: JSON.stringify([signal, maxSkipped !== undefined && [maxSkipped, minSamples]]),
    window: { length, text },
    minSamples,
    title: `PSI of ${name}`,
    unit: '',
    read: ([answer = [], skips = []]) => {
      if (![...answer, ...skips].every(isCount)) return {};
      const bins = [...expected].map(([bin, share]) => ({ expected: share, count: countOf(answer, name, bin) }));
      const samples = wholeCount(bins.reduce((sum, { count }) => sum + count, 0));
      const value = populationStabilityIndex(bins);
      return { value, samples, ...skipsIn(skips, { signal, revision, samples, maxSkipped, minSamples }) };
    },
  };
}

/** The share of each of the observer's bins in the training data. */
function expectation(signal: Signal, revision: Revision): ReadonlyMap<string, number> | Blind {
  const profile = revision.profile?.[signal.name];
  if (signal.type === 'Number') {
    return profile?.edges === undefined ? withoutProfile(signal, revision) : deciles(signal, profile.edges.map(Number));
  }
  const shares = profile && categoriesOf(profile);
  return shares === undefined ? withoutProfile(signal, revision) : categories(shares);
}

/** A tenth lies between two edges, unless they are equal: then one value makes up an unknown share of the data. */
function deciles(signal: Signal, edges: readonly number[]): ReadonlyMap<string, number> | Blind {
  if (!edges.every((edge, index) => Number.isFinite(edge) && edge > (edges[index - 1] ?? -Infinity))) {
    const message = written({
      what:
        `the training profile of "${signal.name}" has equal edges: one value makes up more than a tenth of the data, so that ` +
        'tenths say nothing',
      remedies: [{ text: 'declare the signal as type Category and report categories, which takes another training' }],
    });
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
  return Math.max(0, value);
}

function withoutSignal(name: string, { modelDeployment, namespace }: Revision): Blind {
  const message = written({
    what: `ModelDeployment "${modelDeployment}" observes no signal "${name}"`,
    remedies: [
      {
        text: 'add it to spec.observe.signals or correct the check',
        command: kubectl(namespace, 'edit', 'mdep', modelDeployment),
      },
    ],
  });
  return { type: 'Blind', reason: 'SignalNotObserved', message };
}

/** Nothing is to be compared with: since the record is gone, since there never was one, or since it has no profile. */
function withoutProfile({ name, type }: Signal, { profile, version, namespace, modelDeployment }: Revision): Blind {
  const part = `profile.${name}.${type === 'Number' ? 'edges' : 'categories'}`;
  if (profile !== undefined) {
    const message = written({
      what: `ModelVersion "${version}", which is served, has no ${part}, so there is nothing to compare with`,
      remedies: [{ text: 'let the training report it in its results; the next version has it then' }],
    });
    return { type: 'Blind', reason: 'NoProfile', message };
  }
  if (version === undefined) {
    const message = written({
      what: 'what is served has no ModelVersion, and so no profile to compare with',
      remedies: [
        {
          text: 'serve a version, by spec.model.trainingRunRef or versionRef, or remove the check',
          command: kubectl(namespace, 'edit', 'mdep', modelDeployment),
        },
      ],
    });
    return { type: 'Blind', reason: 'NoProfile', message };
  }
  const message = written({
    what: `ModelVersion "${version}", which is served, does not exist any more, and its profile is gone with it`,
    remedies: [{ text: 'serve one that exists', command: kubectl(namespace, 'get', 'mver') }],
  });
  return { type: 'Blind', reason: 'VersionMissing', message };
}
