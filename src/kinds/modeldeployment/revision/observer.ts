import type { IContainer } from 'kubernetes-models/v1';
import type { FeatureProfile, IModelDeployment, ObserveSpec } from '../../../api/types.ts';
import { observerPorts } from '../../../api/observer.ts';
import { restrictedContainer } from '../../../workload/container.ts';
import { literals } from '../../../workload/environment.ts';
import { keyOf } from '../../../api/resource.ts';
import { amountsOf, type ObserverAmounts } from './amounts.ts';
import { observedProfile } from './revision.ts';

/** What the observer of a revision is made from. */
export interface ObserverTemplate {
  readonly parent: IModelDeployment;
  readonly revision: string;
  readonly observe: ObserveSpec;
  /** What the training data looked like, by signal. */
  readonly profile: Readonly<Record<string, FeatureProfile>>;
  readonly observerImage: string;
  /** What the installation gives each observer; as the chart has it if absent. */
  readonly observerAmounts?: ObserverAmounts | undefined;
}

export const observerName = 'observer';

/** As the image starts its program. Not by HTTP: any pod could ask for it, and the model's clients would lose their connections. */
const drainCommand = ['/usr/local/bin/node', '/app/flyball.mjs', 'drain'];

/**
 * How the image starts it, but with V8 told that it is in every pod and needs little: it compiles one function at a time and only as far as
 * its quicker compiler goes, and keeps less garbage. That costs a fifth of the requests that one core can pass, and saves a quarter of the memory
 * (docs/performance.md). NODE_OPTIONS accepts none of these but the first.
 */
export const observerCommand: readonly string[] = [
  '/usr/local/bin/node',
  '--max-semi-space-size=1',
  '--no-concurrent-recompilation',
  '--no-opt',
  '--heap-growing-percent=50',
  '/app/flyball.mjs',
];

/**
 * The sidecar between the Service and the server. It starts before the server and ends after it (a native sidecar); its preStop
 * runs as soon as the pod is to go, at which kept-alive connections are closed, since clients would go on using them.
 */
export function observerContainer(template: ObserverTemplate): IContainer {
  const probe = { httpGet: { path: '/healthz', port: 'metrics' } };
  return {
    name: observerName,
    image: template.observerImage,
    command: [...observerCommand],
    args: ['observer'],
    restartPolicy: 'Always',
    env: literals({ FLYBALL_OBSERVER: JSON.stringify(configurationOf(template)) }),
    ports: [
      { name: 'inference', containerPort: observerPorts.inference, protocol: 'TCP' },
      { name: 'metrics', containerPort: observerPorts.metrics, protocol: 'TCP' },
    ],
    resources: amountsOf(template.observe.resources, template.observerAmounts),
    startupProbe: { ...probe, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...probe, periodSeconds: 5, failureThreshold: 3 },
    lifecycle: { preStop: { exec: { command: drainCommand } } },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true, runAsNonRoot: true },
  };
}

function configurationOf({ parent, revision, profile, observe }: ObserverTemplate) {
  const { namespace, name } = keyOf(parent);
  const signals = observe.signals ?? [];
  const { port, protocol } = parent.spec.server;
  return {
    namespace,
    modelDeployment: name,
    revision,
    upstreamPort: port,
    // Templates of other protocols stay what they were: a field more would be told as an edit of them.
    ...(protocol === 'OpenAI' && { protocol }),
    signals,
    profile: observedProfile(observe, profile),
  };
}
