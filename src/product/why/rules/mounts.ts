/** Rules about what the kubelet fails at before containers start, which it tells by events alone. */
import { kubectl } from '../../../api/command.ts';
import { firstMatch, type Rule as FirstMatchRule } from '../../../api/rules.ts';
import { isUnfinished } from '../../../workload/podend.ts';
import type { Case, Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { beginOfEvent, eventsOf, proofOfEvent } from '../events.ts';
import type { Cause } from '../explanation.ts';

const failures = [
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
  'NetworkNotReady',
  'FailedCreatePodContainer',
];
const awaited = ['PodNotSetUp', 'ContainerCreating', 'NotReported'];

type Told = Omit<Cause, 'proofs' | 'since'>;
type MountRule = FirstMatchRule<[Case, string], Told>;

export const notSetUp: Rule = (one) => {
  const { focus, finding, evidence } = one;
  if (focus === undefined || !awaited.includes(finding?.reason ?? '')) return undefined;
  const [event] = eventsOf(evidence.seen.events, focus.pods.filter(isUnfinished), ...failures);
  if (event === undefined) return undefined;
  const told = firstMatch(mountRules, one, event.message ?? '');
  const since = beginOfEvent(event);
  return told && { ...told, ...(since !== undefined && { since }), proofs: [proofOfEvent(event)] };
};

const mountRules: readonly MountRule[] = [
  objectMissing,
  keyMissing,
  attachedElsewhere,
  runtimeMissing,
  driverMissing,
  quoted,
];

function objectMissing(one: Case, words: string): Told | undefined {
  const [, kind, name] = /(secret|configmap) "([^"]{1,253})" not found/.exec(words) ?? [];
  return kind === undefined || name === undefined ? undefined : missing(one, kind, name, 'does not exist');
}

function keyMissing(one: Case, words: string): Told | undefined {
  const [, kind, key] = /references non-existent (secret|config) key: (\S{1,253})/.exec(words) ?? [];
  if (kind === undefined) return undefined;
  const resource = kind === 'secret' ? 'secret' : 'configmap';
  const name = volumeSource(one, resource, key ?? '');
  return missing(one, resource, name ?? 'of the volume', `has no key ${key}`);
}

function volumeSource({ focus }: Case, kind: string, key: string): string | undefined {
  const volumes = focus?.pods.flatMap(({ spec }) => spec?.volumes ?? []) ?? [];
  const having = (items: readonly { readonly key: string }[] | undefined) =>
    items?.some((item) => item.key === key) === true;
  const found = volumes.find(({ secret, configMap }) => having(kind === 'secret' ? secret?.items : configMap?.items));
  return found?.secret?.secretName ?? found?.configMap?.name;
}

function missing(one: Case, kind: string, name: string, how: string): Told {
  const title = kind === 'secret' ? 'Secret' : 'ConfigMap';
  return {
    why: `${title} ${name}, which a volume of the pod takes its files from, ${how}`,
    actor: 'Author',
    next: [
      {
        text: 'create it, and it goes on by itself; see which there are',
        command: kubectl(one.focus?.key.namespace, 'get', kind),
      },
      edit(one, `or correct ${one.focus?.place.pod ?? 'pod'}.volumes`),
    ],
  };
}

function attachedElsewhere(one: Case, words: string): Told | undefined {
  if (!/Multi-Attach error/.test(words)) return undefined;
  const namespace = one.focus?.key.namespace;
  return {
    why: `a claim of the pod can be attached to one node only (ReadWriteOnce), and is attached to another: ${words}`,
    actor: 'Author',
    next: [
      {
        text: 'end what uses it there, or keep the model on a claim with ReadWriteMany',
        command: kubectl(namespace, 'get', 'pvc'),
      },
      { text: 'see on which nodes the pods are', command: kubectl(namespace, 'get', 'pods', '-o', 'wide') },
    ],
  };
}

function runtimeMissing(one: Case, words: string): Told | undefined {
  const handler = /no runtime for "([^"]{1,253})" is configured/.exec(words)?.[1];
  if (handler === undefined) return undefined;
  return {
    why: `the node has no container runtime ${handler}, which the RuntimeClass of the pod asks for`,
    actor: 'Administrator',
    next: [
      {
        text: 'install it on the nodes, or keep the pod to nodes that have it',
        command: kubectl(undefined, 'get', 'runtimeclass', '-o', 'wide'),
      },
      edit(one, `or correct ${one.focus?.place.pod ?? 'pod'}.runtimeClassName`),
    ],
  };
}

function driverMissing(_: Case, words: string): Told | undefined {
  const driver = /driver name (\S{1,253}) not found in the list of registered CSI drivers/.exec(words)?.[1];
  if (driver === undefined) return undefined;
  return {
    why: `the node has no CSI driver ${driver}, which a volume of the pod needs`,
    actor: 'Administrator',
    next: [{ text: 'see which drivers the nodes have', command: kubectl(undefined, 'get', 'csinodes', '-o', 'wide') }],
  };
}

function quoted({ focus, finding }: Case, words: string): Told {
  return {
    why: `${finding?.what ?? 'the pod does not start'}; the kubelet says: ${words}`,
    actor: 'Administrator',
    next: [
      {
        text: 'solve what the kubelet says',
        command: kubectl(focus?.key.namespace, 'describe', 'pods', '-l', focus?.source.selector ?? ''),
      },
    ],
  };
}
