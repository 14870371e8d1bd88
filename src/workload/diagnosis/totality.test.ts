import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IPod } from 'kubernetes-models/v1';
import { commandsIn, written } from '../../api/message.ts';
import type { Finding } from './finding.ts';
import { findingOf, stillWaiting } from './index.ts';
import { transferContainers } from '../transfers.ts';
import { told } from './words.ts';

const now = new Date('2026-11-24T12:00:00Z');
const place = {
  container: 'spec.server',
  claims: 'spec.model',
  pod: 'spec.server.pod',
  ours: ['observer', ...transferContainers],
};
const source = { namespace: 'n'.repeat(63), selector: `flyball.dev/attempt=${'a'.repeat(63)}` };

/** Words as a kubelet, a scheduler, a program or an attacker may write them. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.constantFrom(
    '\u001B]0;title\u0007\u001B[31m`rm -rf /`\u0000',
    'secret "a" not found',
    "couldn't find key k in Secret team/s",
    'container has runAsNonRoot and image will run as root',
    'container has runAsNonRoot and image has non-numeric user (`a`)',
    'Usage of EmptyDir volume "`a`" exceeds the limit "1Mi".',
    'configmap "a" not found',
    'unexpected status: 401 Unauthorized',
    '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {`a`: \u001B[1m}.',
    'w'.repeat(5000),
  ),
);
const time = fc.oneof(
  fc.constantFrom('2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z', 'never', '', null),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const reason = fc.oneof(
  fc.constantFrom(
    'ErrImagePull',
    'CreateContainerConfigError',
    'CrashLoopBackOff',
    'StartError',
    'OOMKilled',
    'Evicted',
    'Unschedulable',
    'SchedulingGated',
    'PodInitializing',
    'ContainerCreating',
    'SignatureValidationFailed',
    'toString',
    '__proto__',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const optional = { requiredKeys: [] as never[] };
const end = fc.record(
  { exitCode: fc.integer({ min: -1, max: 300 }), reason, message: words, finishedAt: time },
  { requiredKeys: ['exitCode'] },
);
const state = fc.record(
  {
    waiting: fc.record({ reason, message: words }, optional),
    running: fc.record({ startedAt: time }, optional),
    terminated: end,
  },
  optional,
);
const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('main', 'observer', 'mesh', 'fetch', 'save', 'checkpoint', 'x'.repeat(63)) },
  fc.string({ unit: 'binary', maxLength: 70 }),
);
const report = fc.record(
  {
    name,
    image: words,
    imageID: fc.constant(''),
    ready: fc.boolean(),
    started: fc.boolean(),
    restartCount: fc.integer({ min: 0, max: 500 }),
    state,
    lastState: state,
  },
  { requiredKeys: ['name', 'image', 'imageID', 'ready', 'restartCount'] },
);
const condition = fc.record(
  {
    type: fc.constantFrom(
      'PodScheduled',
      'Ready',
      'ContainersReady',
      'Initialized',
      'DisruptionTarget',
      'PodReadyToStartContainers',
    ),
    status: fc.constantFrom('True', 'False', 'Unknown'),
    reason,
    message: words,
    lastTransitionTime: time,
  },
  { requiredKeys: ['type', 'status'] },
);
const reports = fc.array(report, { maxLength: 4 });
const status = fc.record(
  {
    phase: fc.constantFrom('Pending', 'Running', 'Pending', 'Running', 'Failed', 'Failed', 'Succeeded', 'Unknown'),
    reason,
    message: words,
    startTime: time,
    conditions: fc.array(condition, { maxLength: 6 }),
    containerStatuses: reports,
    initContainerStatuses: reports,
  },
  optional,
);
const claims = fc.array(fc.constantFrom('c'.repeat(253), 'd'.repeat(253), 'models'), { maxLength: 4 });
const pod = fc
  .tuple(
    fc.uuid(),
    fc.option(status, { nil: undefined }),
    fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, time),
    fc.boolean(),
    claims,
  )
  .map(([id, given, deletionTimestamp, isNever, names]): IPod => {
    const volumes = names.map((claimName, index) => ({ name: `v${index}`, persistentVolumeClaim: { claimName } }));
    const spec = {
      nodeName: `node-${'n'.repeat(240)}`,
      ...(isNever && { restartPolicy: 'Never' }),
      initContainers: [
        { name: 'mesh', restartPolicy: 'Always' },
        { name: 'fetch', args: [`s3://${'`u\u001B'.repeat(300)}`, '/flyball/storage/x'] },
        { name: 'checkpoint', args: [], restartPolicy: 'Always' },
      ],
      containers: [{ name: 'main', startupProbe: { httpGet: { path: `/${'p'.repeat(500)}`, port: 8080 } } }],
      volumes,
    };
    const metadata = {
      name: `pod-${'p'.repeat(180)}-${id}`,
      namespace: source.namespace,
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    };
    return { apiVersion: 'v1', kind: 'Pod', metadata, spec, ...(given && { status: given }) } as IPod;
  });
const pods = fc.array(pod, { maxLength: 4 });

/** All that can be found out about pods. */
const findings = (given: readonly IPod[]): Finding[] => [
  ...(findingOf(given, place) === undefined ? [] : [findingOf(given, place) as Finding]),
  ...[place, { ...place, serves: true as const }].flatMap((at) => stillWaiting(given, at, now) ?? []),
];

describe('The diagnosis of whatever a cluster may say', () => {
  it('is total, and its messages are one bounded line that does nothing to a terminal and keeps its first remedy', () => {
    fc.assert(
      fc.property(pods, (given) => {
        for (const finding of findings(given)) {
          const parts = told(finding, source, now);
          const message = written(parts);
          expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          expect(message.isWellFormed()).toBe(true);
          expect(message.length).toBeLessThanOrEqual(1024);
          expect(commandsIn(message)).toEqual(parts.remedies.flatMap(({ command }) => command ?? []));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of pods', () => {
    fc.assert(
      fc.property(pods, (given) => {
        expect(findings(given.toReversed())).toEqual(findings(given));
      }),
      { numRuns: 300 },
    );
  });

  it('blames the user’s container for its own crashes alone', () => {
    fc.assert(
      fc.property(pods, (given) => {
        const finding = findingOf(given, place);
        if (finding?.isMain !== true || finding.reason !== 'CrashLooping') return;
        const crashing = given.flatMap(({ status: told }) => [
          ...(told?.initContainerStatuses ?? []),
          ...(told?.containerStatuses ?? []),
        ]);
        expect(crashing.some(({ name: called, restartCount }) => called === 'main' && restartCount > 2)).toBe(true);
      }),
    );
  });
});
