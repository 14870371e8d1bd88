import type { IPod } from 'kubernetes-models/v1';
import type { Quote } from '../../api/condition.ts';
import type { Rule as FirstMatchRule } from '../../api/rules.ts';
import type { ContainerReport, Owner } from './containers.ts';
import type { Place } from './place.ts';
import type { FindingReason } from './reasons.ts';

/** What is wrong with a pod. What kubelet, scheduler or a container said, where it is not understood, is quoted. */
export interface Finding {
  /** CamelCase, the reason of a condition. */
  readonly reason: FindingReason;
  /** What is wrong, as a sentence without capital and full stop; with the container's name unless it is the user's own. */
  readonly what: string;
  /** Whose the thing is that is wrong. What is not a container is the user's, unless somebody else put it there. */
  readonly owner: Owner;
  readonly move: Move;
  /** What to do about it, as a clause without full stop that a command may follow. */
  readonly remedy: string;
  /** What helps at once if it is set in the options of the pod, instead of what `remedy` says. */
  readonly options?: Readonly<Record<string, string | number>>;
  /** What to edit in the user's object instead or as well; absent if nothing there can help, as for containers that others inject. */
  readonly field?: string;
  readonly quote?: Quote | readonly Quote[];
  /** The container that it is about; absent if it is about the pod. */
  readonly container?: string;
  /** Whether it is the user's own container. */
  readonly isMain: boolean;
  /** Where it is seen now; absent if what would tell is gone. */
  readonly evidence?: Evidence;
  /** Whether it waits for what no end of anything else can give it, so that something has to be edited or added. */
  readonly needsChange?: true;
  /** When this began, by what the pod tells; RFC 3339. */
  readonly since?: string;
  /** Whether it is a state that lasts, so that its length tells something; else it happened once or again and again. */
  readonly lasts: boolean;
}

/** Which kind of move helps; each kind of object knows the command for it. */
export type Move =
  /** Something outside the spec is missing. Once it is there, the pod goes on by itself. */
  | 'Provide'
  /** It goes on by itself when something else does: the cluster has no place, a container has not ended its work. */
  | 'Wait'
  /** The spec asks for too little, or for what cannot work. */
  | 'Edit'
  /** What a container of ours says has to be mended: what the spec names, or what is there under that name. */
  | 'Mend'
  /** Only the log can tell. */
  | 'ReadLog'
  /** Nothing in the spec is wrong. */
  | 'Repeat';

/** Where people see more; the command for it is evidenceCommand's. */
export type Evidence =
  /** What a container printed; `previous`: before it was started again; `lines`: its last ones alone. */
  | {
      readonly type: 'Log';
      readonly pod: string;
      readonly container: string;
      readonly previous: boolean;
      readonly lines?: number;
    }
  /** What the containers of that name printed in all of the pods. */
  | { readonly type: 'Logs'; readonly container: string }
  /** The pods with their events. */
  | { readonly type: 'Pods' }
  | { readonly type: 'Claims'; readonly names: readonly string[] }
  | { readonly type: 'Nodes' }
  /** The taints of all nodes. */
  | { readonly type: 'Taints' }
  | { readonly type: 'Node'; readonly name: string };

/** What a rule looks at: a living pod, and one of its containers. */
export interface Case {
  readonly pod: IPod;
  /** Absent as long as the kubelet has reported none. */
  readonly container?: ContainerReport;
  readonly place: Place;
}

export type Rule = FirstMatchRule<[Case], Finding>;

/** A rule about what a living pod waits for. */
export type LastingRule = FirstMatchRule<[IPod, Place], Finding>;

/** The fields of a finding that say which container it is about, and since when. */
type About = Pick<Finding, 'container' | 'isMain' | 'owner' | 'field' | 'since' | 'lasts'>;

/** @param field what to edit if that is the user's container; of one that they declare beside it, that is where it is declared. */
export function about(container: ContainerReport, since: string | undefined, field?: string): About {
  const { status, isMain, owner } = container;
  const edited = isMain ? field : field && container.field;
  return {
    container: status.name,
    isMain,
    owner,
    lasts: true,
    ...(edited !== undefined && { field: edited }),
    ...told(since),
  };
}

/** Of a finding about a pod. */
export function aboutPod(since: string | undefined): Omit<About, 'container' | 'field'> {
  return { isMain: false, owner: 'User', lasts: true, ...told(since) };
}

/** The API server writes a time that nobody knows as null. */
function told(since: string | null | undefined): Pick<Finding, 'since'> {
  return typeof since === 'string' ? { since } : {};
}

/** Who has to act about a container that is not the user's: as the subject of a sentence, such as "whoever adds mesh". */
export function responsible({ status, owner }: ContainerReport): string {
  return owner === 'Ours' ? 'the administrator of Flyball' : adderOf(status.name);
}

/** Who has to act about a container that was injected. */
export function adderOf(container: string): string {
  return `whoever adds container ${container} to pods`;
}
