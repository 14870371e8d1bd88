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
 * The sidecar between the Service and the server. It starts before the server and ends after it (a native sidecar); its preStop
 * runs as soon as the pod is to go, at which kept-alive connections are closed, since clients would go on using them.
 */
export function observerContainer(template: ObserverTemplate): IContainer {
  const probe = { httpGet: { path: '/healthz', port: 'metrics' } };
  return {
    name: observerName,
    image: template.observerImage,
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
  return {
    namespace,
    modelDeployment: name,
    revision,
    upstreamPort: parent.spec.server.port,
    signals,
    profile: observedProfile(observe, profile),
  };
}
