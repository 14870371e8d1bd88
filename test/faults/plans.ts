/** Plans as text, and plans from a seed. */
import type { Counts, FaultPlan, Injection, Moment } from './contract.ts';
import type { Fault } from './faults.ts';
import { faultOf } from './faults.ts';
import { type Random, randomFrom } from './random.ts';

/** Such as `retrain/watch-stall:jobs@Event:3+kill-after-write@Write:5`; a scenario alone is a plan without faults. */
export function printPlan({ scenario, injections }: FaultPlan): string {
  if (injections.length === 0) return scenario;
  return `${scenario}/${injections.map(printInjection).join('+')}`;
}

function printInjection({ fault, kind, at }: Injection): string {
  return `${fault}${kind === undefined ? '' : `:${kind}`}@${at.count}:${at.number}`;
}

const planText = /^([a-z0-9-]+)(?:\/(.+))?$/;
const injectionText = /^([a-z-]+)(?::([a-z]+))?@(Request|Write|Event|Query):([1-9][0-9]*)$/;

/** @throws if the text is no plan, or names a fault that there is not, or a moment or kind that the fault cannot have. */
export function parsePlan(text: string): FaultPlan {
  const [, scenario, injections] = planText.exec(text) ?? [];
  if (scenario === undefined) throw new Error(`"${text}" is no plan; one is "scenario/fault@Write:3"`);
  return { scenario, injections: injections?.split('+').map(parseInjection) ?? [] };
}

function parseInjection(text: string): Injection {
  const [, name, kind, count, number] = injectionText.exec(text) ?? [];
  if (name === undefined) throw new Error(`"${text}" is no injection; one is "fault@Write:3" or "fault:jobs@Event:3"`);
  const fault = faultOf(name);
  const at: Moment = { count: count as Moment['count'], number: Number(number) };
  if (!fault.moments.includes(at.count)) {
    throw new Error(`"${text}": the moments of ${name} are counted in ${fault.moments.join(' or ')}`);
  }
  if ((kind === undefined && fault.kind === 'Required') || (kind !== undefined && fault.kind === 'None')) {
    throw new Error(`"${text}": ${name} ${kind === undefined ? 'needs a kind' : 'strikes no kind'}`);
  }
  return { fault: name, at, ...(kind === undefined ? {} : { kind }) };
}

/** What plans can be made of for a scenario. */
export interface Playable {
  readonly name: string;
  /** What was counted when it ran without faults. */
  readonly counts: Counts;
}

/** Where in a scenario a fault strikes. */
const phases = ['First', 'Early', 'Middle', 'Late'] as const;
type Phase = (typeof phases)[number];

/** The part of a scenario that a phase covers. */
const parts: Readonly<Record<Phase, readonly [from: number, to: number]>> = {
  First: [0, 0],
  Early: [0, 1 / 3],
  Middle: [1 / 3, 2 / 3],
  Late: [2 / 3, 1],
};

/** The share of plans in which one crash follows another, and of those in which what comes after a crash is disturbed. */
const shareOfPairs = 0.15;
const shareOfBadStarts = 0.1;
/** The share that strikes a single kind of the faults that can strike all at once: kinds that disagree are what deceives. */
const shareOfAimed = 0.8;
/** About as many lists and watches does an operator ask for when it begins anew. */
const startingRequests = 18;
/** How many choices are weighed for each plan. */
const choices = 32;

interface Choice {
  readonly scenario: Playable;
  readonly fault: Fault;
  readonly phase: Phase;
  readonly strike: Injection;
}

/**
 * This many plans, the same for the same seed and counts. They are spread so that every two of scenario, fault and phase meet
 * about equally often, and so do what is struck and the scenario and the class of the fault.
 */
export function generatePlans(
  scenarios: readonly Playable[],
  faults: readonly Fault[],
  seed: number,
  count: number,
): readonly FaultPlan[] {
  const random = randomFrom(seed);
  const coverage = new Coverage();
  return Array.from({ length: count }, () => {
    const kind = random.next();
    const isPair = kind < shareOfPairs;
    const isBadStart = !isPair && kind < shareOfPairs + shareOfBadStarts;
    const first = isPair ? faults.filter(isCrash) : isBadStart ? faults.filter(isNewStart) : faults;
    const choice = coverage.leastMet(draws(scenarios, first, random));
    coverage.add(choice);
    const injections = [choice.strike];
    if (isPair) injections.push(crashAfter(choice, faults.filter(isCrash), random));
    if (isBadStart) injections.push(badStart(choice, faults.filter(spoilsStart), random));
    return { scenario: choice.scenario.name, injections };
  });
}

const isCrash = (fault: Fault): boolean => fault.class === 'Crash';
/** After these an operator lists and watches everything anew. */
const isNewStart = (fault: Fault): boolean => isCrash(fault) || fault.name === 'watch-gone';
const spoilsStart = ({ class: of, moments }: Fault): boolean =>
  (of === 'Loss' || of === 'Refusal') && moments.includes('Request');

function draws(scenarios: readonly Playable[], faults: readonly Fault[], random: Random): readonly Choice[] {
  const drawn: Choice[] = [];
  for (let tries = 0; drawn.length < choices && tries < 100 * choices; tries += 1) {
    const met = { scenario: random.pick(scenarios), fault: random.pick(faults), phase: random.pick(phases) };
    if (applies(met.fault, met.scenario)) drawn.push({ ...met, strike: injection(met, random) });
  }
  if (drawn.length === 0) throw new Error('no fault applies to any scenario');
  return drawn;
}

function applies(fault: Fault, scenario: Playable): boolean {
  if (fault.kind === 'Required' && kindsFor(fault, scenario).length === 0) return false;
  if (fault.upon?.some((write) => scenario.counts.writes.includes(write)) === false) return false;
  return fault.moments.some((count) => scenario.counts[count] > 0);
}

function kindsFor(fault: Fault, { counts }: Playable): readonly string[] {
  return Object.keys(counts.events)
    .toSorted()
    .filter((plural) => fault.kinds?.includes(plural) ?? true);
}

function injection({ scenario, fault, phase }: Omit<Choice, 'strike'>, random: Random): Injection {
  const { counts } = scenario;
  const kinds = kindsFor(fault, scenario);
  const isAimed =
    fault.kind === 'Required' || (fault.kind === 'Optional' && kinds.length > 0 && random.chance(shareOfAimed));
  const kind = isAimed ? random.pick(kinds) : undefined;
  const count = random.pick(fault.moments.filter((each) => counts[each] > 0));
  const total = kind !== undefined && count === 'Event' ? (counts.events[kind] ?? 1) : counts[count];
  const [from, to] = parts[phase];
  const number =
    count === 'Write' ? writeWithin(counts.writes, from, to, random) : numberWithin(from, to, total, random);
  return { fault: fault.name, at: { count, number }, ...(kind === undefined ? {} : { kind }) };
}

function numberWithin(from: number, to: number, total: number, random: Random): number {
  return 1 + Math.floor((from + random.next() * (to - from)) * total);
}

/** Each sort of write in that part is as likely as the others: of most writes there are many, and of a deletion there is one. */
function writeWithin(writes: readonly string[], from: number, to: number, random: Random): number {
  const first = Math.floor(from * writes.length);
  const part = writes.slice(first, Math.max(first + 1, Math.ceil(to * writes.length)));
  const sort = random.pick([...new Set(part)]);
  return 1 + first + random.pick(part.flatMap((write, index) => (write === sort ? [index] : [])));
}

/** Soon after the first one, so that it meets what has only just begun again. */
function crashAfter(choice: Choice, crashes: readonly Fault[], random: Random): Injection {
  const fault = random.pick(crashes.filter(({ moments }) => moments.includes('Write')));
  const number = Math.max(1, reached(choice, 'Write')) + 1 + Math.floor(random.next() * 3);
  return { fault: fault.name, at: { count: 'Write', number } };
}

/** Strikes a list or a watch by which the operator begins anew after the first one. */
function badStart(choice: Choice, spoilers: readonly Fault[], random: Random): Injection {
  const number = reached(choice, 'Request') + 1 + Math.floor(random.next() * startingRequests);
  return { fault: random.pick(spoilers).name, at: { count: 'Request', number } };
}

/** How many have been counted when the choice strikes, as far as one can tell from a run without faults. */
function reached({ scenario: { counts }, strike: { at, kind } }: Choice, count: Moment['count']): number {
  if (at.count === count) return at.number;
  const total = kind !== undefined && at.count === 'Event' ? (counts.events[kind] ?? 1) : counts[at.count];
  return Math.round((at.number / total) * counts[count]);
}

/** How often each two have met that are to meet. */
class Coverage {
  readonly #met = new Map<string, number>();

  leastMet(drawn: readonly Choice[]): Choice {
    const scored = drawn.map((choice) => ({ choice, score: this.#score(choice) }));
    return scored.reduce((best, other) => (other.score > best.score ? other : best)).choice;
  }

  add(choice: Choice): void {
    for (const pair of pairs(choice)) this.#met.set(pair, (this.#met.get(pair) ?? 0) + 1);
  }

  #score(choice: Choice): number {
    return pairs(choice).reduce((sum, pair) => sum + 1 / (1 + (this.#met.get(pair) ?? 0)), 0);
  }
}

function pairs(choice: Choice): readonly string[] {
  const { scenario, fault, phase } = choice;
  const struck = struckBy(choice);
  return [
    `${scenario.name}/${fault.name}`,
    `${fault.name}@${phase}`,
    `${scenario.name}@${phase}`,
    `${scenario.name}:${struck}`,
    `${fault.class}:${struck}`,
  ];
}

/** The kind that is struck, or else what passes at that moment, such as "DELETE jobs". */
function struckBy({ scenario, strike: { at, kind } }: Choice): string {
  return kind ?? (at.count === 'Write' ? (scenario.counts.writes[at.number - 1] ?? at.count) : at.count);
}
