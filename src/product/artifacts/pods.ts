/** The pods that look into claims, and the command whose pod removes what lies there. */
import type { IPod, IPodSpec } from 'kubernetes-models/v1';
import { type Command, kubectl } from '../../api/command.ts';
import { defined } from '../../api/defined.ts';
import { keyOf } from '../../api/resource.ts';
import type { ITrainingRun } from '../../api/types.ts';
import { modelGroup } from '../../workload/pod.ts';
import { restrictedContainer } from '../../workload/container.ts';
import type { Artifact } from './artifacts.ts';
import type { Place } from './places.ts';
import { type Language, listingCommand, removalCommand } from './programs.ts';

/** What a pod that looks into claims depends on. */
export interface Looking {
  readonly run: ITrainingRun;
  /** By default the run's. */
  readonly image?: string | undefined;
  readonly language: Language;
  /** The node on which a claim is that only one node may have at a time. */
  readonly node?: string | undefined;
}

/** Of a pod whose maker died: it ends by itself. */
const longestLife = 600;

const container = 'artifacts';

/** Lists folders, and can change nothing: the claims are mounted read-only, and it has no account. */
export function listingPod(looking: Looking, places: readonly Place[], suffix: string): IPod {
  const { namespace, name } = keyOf(looking.run);
  const claims = claimsOf(places);
  const paths = places.map(({ claim, path }) => `${mountPath(claims, claim)}/${path}`);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name.slice(0, 40)}-artifacts-${suffix}`,
      namespace,
      labels: { 'app.kubernetes.io/name': 'flyball-artifacts' },
    },
    spec: podSpec(looking, claims, 'Read', listingCommand(looking.language, paths)),
  };
}

/**
 * Removes these folders and nothing else. A pod of its own does it, as a training pod would: nothing else has the claim and the user whose files
 * they are. It goes when it is done.
 */
export function removeCommand(looking: Looking, artifacts: readonly Artifact[]): Command | undefined {
  if (artifacts.length === 0) return undefined;
  const { namespace, name } = keyOf(looking.run);
  const claims = claimsOf(artifacts);
  const paths = artifacts.map(({ claim, path }) => `${mountPath(claims, claim)}/${path}`);
  const spec = podSpec(looking, claims, 'Write', removalCommand(looking.language, paths));
  const overrides = JSON.stringify({ apiVersion: 'v1', spec });
  const image = looking.image ?? looking.run.spec.image;
  const pod = `${name.slice(0, 40)}-remove-artifacts`;
  return kubectl(
    namespace,
    'run',
    pod,
    `--image=${image}`,
    '--restart=Never',
    '--rm',
    '-i',
    '--quiet',
    `--overrides=${overrides}`,
  );
}

function podSpec(
  { run, image, node }: Looking,
  claims: readonly string[],
  access: 'Read' | 'Write',
  command: string[],
): IPodSpec {
  const options = run.spec.pod;
  const isRead = access === 'Read';
  const runAsUser = options?.runAsUser ?? (image === undefined ? undefined : modelGroup);
  return defined<IPodSpec>({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    activeDeadlineSeconds: longestLife,
    terminationGracePeriodSeconds: 1,
    imagePullSecrets: options?.imagePullSecrets,
    tolerations: options?.tolerations,
    affinity: node === undefined ? undefined : onNode(node),
    securityContext: defined<NonNullable<IPodSpec['securityContext']>>({
      runAsNonRoot: true,
      runAsUser,
      runAsGroup: options?.runAsGroup,
      supplementalGroups: [options?.fsGroup ?? modelGroup],
      seccompProfile: { type: 'RuntimeDefault' },
    }),
    containers: [
      {
        name: container,
        image: image ?? run.spec.image,
        imagePullPolicy: 'IfNotPresent',
        command,
        resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '1', memory: '256Mi' } },
        securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
        volumeMounts: claims.map((claim, index) => ({
          name: `claim-${index}`,
          mountPath: mountPath(claims, claim),
          ...(isRead && { readOnly: true }),
        })),
      },
    ],
    volumes: claims.map((claimName, index) => ({
      name: `claim-${index}`,
      persistentVolumeClaim: { claimName, ...(isRead && { readOnly: true }) },
    })),
  });
}

function onNode(node: string): NonNullable<IPodSpec['affinity']> {
  const matchFields = [{ key: 'metadata.name', operator: 'In' as const, values: [node] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } } };
}

function claimsOf(places: readonly { readonly claim: string }[]): string[] {
  return [...new Set(places.map(({ claim }) => claim))];
}

function mountPath(claims: readonly string[], claim: string): string {
  return `/claims/${claims.indexOf(claim)}`;
}
