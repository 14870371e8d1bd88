/** Rules about pods that the API server does not let be made. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { kubectl } from '../../../api/command.ts';
import { firstMatch, type Rule as FirstMatchRule } from '../../../api/rules.ts';
import { isUnfinished } from '../../../workload/podend.ts';
import type { Case, Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { beginOfEvent, eventsOfCase, proofOfEvent } from '../events.ts';
import type { Cause, Proof } from '../explanation.ts';

/** What the API server said when it denied a pod, or the operator's own write. */
interface Denial {
  readonly words: string;
  readonly proof: Proof;
  readonly since?: string | undefined;
}

type DenialRule = FirstMatchRule<[Case, Denial], Omit<Cause, 'proofs'>>;

/** Job controller and ReplicaSet controller tell it by events, a Deployment in its status, the operator in its conditions. */
export const podsDenied: Rule = (one) => {
  const denial = denialOf(one);
  if (denial === undefined) return undefined;
  const known = firstMatch(denials, one, denial);
  const what = one.focus === undefined || !lacksPods(one) ? {} : { what: `${one.focus.title} gets no pods` };
  return (
    known && { ...known, ...what, ...(denial.since !== undefined && { since: denial.since }), proofs: [denial.proof] }
  );
};

function denialOf(one: Case): Denial | undefined {
  const [event] = lacksPods(one) ? eventsOfCase(one, 'FailedCreate') : [];
  if (event !== undefined)
    return { words: event.message ?? '', proof: proofOfEvent(event), since: beginOfEvent(event) };
  return refusedBy(one) ?? refusedWrite(one);
}

function lacksPods({ focus }: Case): boolean {
  if (focus === undefined) return false;
  return focus.pods.filter(isUnfinished).length < focus.wanted;
}

function refusedBy({ focus }: Case): Denial | undefined {
  const failures = (focus?.makers ?? []).flatMap((maker) =>
    ((maker as IDeployment).status?.conditions ?? []).filter(
      ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
    ),
  );
  const [failure] = failures;
  if (failure === undefined) return undefined;
  const since = failure.lastTransitionTime?.toString();
  const words = failure.message ?? '';
  return { words, since, proof: { source: 'condition ReplicaFailure of its Deployment', words } };
}

/** The operator was denied a Job or a Deployment itself. */
function refusedWrite({ standing }: Case): Denial | undefined {
  if (standing.reason !== 'Forbidden') return undefined;
  const words = standing.why;
  const since = standing.since;
  return words.includes('the API server said: ')
    ? { words, since, proof: { source: 'the operator', words } }
    : undefined;
}

const denials: readonly DenialRule[] = [
  quotaExceeded,
  quotaNeedsAmount,
  outsideRange,
  podSecurity,
  accountMissing,
  classMissing,
  deniedByWebhook,
  deniedByPolicy,
  denied,
];

function quotaExceeded(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const [, quota, asked, used, hard] =
    /exceeded quota: ([^\s,]+), requested: (\S+), used: (\S+), limited: (\S+)/.exec(words) ?? [];
  if (quota === undefined) return undefined;
  const [used_, hard_] = [amounts(used), amounts(hard)];
  const told = Object.entries(amounts(asked)).map(
    ([resource, amount]) =>
      `${amount} of ${resource}, of which ${hard_[resource] ?? 'some'} are allowed and ${used_[resource] ?? 'some'} used`,
  );
  const namespace = namespaceOf(one);
  return {
    why: `ResourceQuota ${quota} of namespace ${namespace} denies ${childOf(words)}: it asks for ${told.join(', and for ')}`,
    actor: 'Administrator',
    next: [
      {
        text: 'see what the quota has left, and free or raise it',
        command: kubectl(namespace, 'describe', 'quota', quota),
      },
      edit(one, 'or ask for less'),
    ],
  };
}

function quotaNeedsAmount(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const [, quota, what] = /failed quota: ([^\s:]+): must specify (.+)$/.exec(words) ?? [];
  if (quota === undefined) return undefined;
  const namespace = namespaceOf(one);
  return {
    why: `ResourceQuota ${quota} counts amounts that the pods do not say: they must specify ${what}`,
    actor: 'Author',
    next: [
      edit(one, 'say them in resources'),
      { text: 'see the quota', command: kubectl(namespace, 'describe', 'quota', quota) },
    ],
  };
}

function outsideRange(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const [found] =
    /(?:minimum|maximum) \S+ (?:usage )?per (?:Container|Pod) is [^,[\]]+(?:, but [^,[\]]+)?/.exec(words) ?? [];
  if (found === undefined) return undefined;
  return {
    why: `a LimitRange of the namespace denies the pods: ${found}`,
    actor: 'Author',
    next: [
      edit(one, 'keep to it in resources'),
      { text: 'see it, and have it changed', command: kubectl(namespaceOf(one), 'describe', 'limits') },
    ],
  };
}

function podSecurity(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const [, level, what] = /violates PodSecurity "([^"]+)": (.+)$/.exec(words) ?? [];
  if (level === undefined) return undefined;
  const namespace = namespaceOf(one);
  return {
    why: `Pod Security ${level} of namespace ${namespace} denies the pods: ${what}`,
    actor: 'Administrator',
    next: [
      {
        text: 'see what the namespace enforces',
        command: kubectl(undefined, 'get', 'namespace', namespace, '--show-labels'),
      },
    ],
  };
}

function accountMissing(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const account = /serviceaccount "([^"]{1,253})" not found/.exec(words)?.[1];
  if (account === undefined) return undefined;
  const namespace = namespaceOf(one);
  return {
    why: `ServiceAccount ${account}, which the pods name, does not exist in namespace ${namespace}`,
    actor: 'Author',
    next: [
      { text: 'create it, and it goes on by itself', command: kubectl(namespace, 'create', 'serviceaccount', account) },
      edit(one, 'or name another one in pod.serviceAccountName'),
    ],
  };
}

function classMissing(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const priority = /no PriorityClass with name (\S{1,253}) was found/.exec(words)?.[1];
  const runtime = /RuntimeClass "([^"]{1,253})" not found/.exec(words)?.[1];
  const name = priority ?? runtime;
  if (name === undefined) return undefined;
  const kind = priority === undefined ? 'RuntimeClass' : 'PriorityClass';
  return {
    why: `${kind} ${name}, which the pods name, does not exist in the cluster`,
    actor: 'Author',
    next: [
      { text: 'see which there are', command: kubectl(undefined, 'get', kind.toLowerCase()) },
      edit(
        one,
        `name one of them in pod.${priority === undefined ? 'runtimeClassName' : 'priorityClassName'}, or have it created`,
      ),
    ],
  };
}

function deniedByWebhook(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const [, name, said] = /admission webhook "([^"]+)" denied the request: (.*)$/.exec(words) ?? [];
  const [, lost, how] = /failed calling webhook "([^"]+)": (.*)$/.exec(words) ?? [];
  const webhook = name ?? lost;
  if (webhook === undefined) return undefined;
  return {
    why:
      name === undefined
        ? `admission webhook ${webhook} does not answer, and the API server makes no pods without it: ${how}`
        : `admission webhook ${webhook} denies the pods: ${said}`,
    actor: name === undefined ? 'Administrator' : 'Author',
    next: [
      {
        text: 'ask who runs it; see the webhooks of the cluster',
        command: kubectl(undefined, 'get', 'validatingwebhookconfigurations,mutatingwebhookconfigurations'),
      },
      ...(name === undefined ? [] : [edit(one, 'or do as it says')]),
    ],
  };
}

function deniedByPolicy(one: Case, { words }: Denial): Omit<Cause, 'proofs'> | undefined {
  const [, name, said] =
    /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)$/.exec(words) ?? [];
  if (name === undefined) return undefined;
  return {
    why: `ValidatingAdmissionPolicy ${name} of the cluster denies it: ${said}`,
    actor: 'Author',
    next: [
      edit(one, 'do as it says'),
      { text: 'see the policy', command: kubectl(undefined, 'describe', 'validatingadmissionpolicy', name) },
    ],
  };
}

/** What is not understood is quoted. */
function denied(one: Case, { words, proof }: Denial): Omit<Cause, 'proofs'> | undefined {
  if (proof.source === 'the operator') return undefined;
  return {
    why: `the API server makes no pods for ${one.focus?.title ?? 'it'}, and says: ${words}`,
    actor: 'Administrator',
    next: [{ text: 'see its events', command: describeMaker(one) }],
  };
}

function describeMaker({ focus }: Case) {
  const maker = focus?.makers.at(-1);
  return kubectl(focus?.key.namespace, 'describe', (maker?.kind ?? 'Job').toLowerCase(), maker?.metadata?.name ?? '');
}

function childOf(words: string): string {
  const [, resource = 'pods'] =
    /^(pods|jobs\.batch|deployments\.apps|services|configmaps) "/.exec(words.replace(/^Error creating: /, '')) ?? [];
  return resource === 'pods' ? 'the pods' : `the ${resource.split('.')[0]}`;
}

function amounts(list = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list.split(',').map((one) => [one.slice(0, one.lastIndexOf('=')), one.slice(one.lastIndexOf('=') + 1)]),
  );
}

function namespaceOf({ evidence }: Case): string {
  return evidence.asked.metadata?.namespace ?? '';
}
