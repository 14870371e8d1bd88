/** What two versions were made from and what came of it, side by side. */
import { defined } from '../../api/defined.ts';
import type { FeatureProfile, GateVerdict, IModelVersion, ModelVersionSpec } from '../../api/types.ts';
import { canonicalJSON } from '../../domain/canonical.ts';
import { scaled, unscaled } from '../../domain/decimal.ts';
import { profileDrift } from './drift.ts';

/** Where people look for a difference. */
export const sections = [
  'model',
  'metrics',
  'parameters',
  'data',
  'profile',
  'code',
  'environment',
  'hardware',
] as const;
export type Section = (typeof sections)[number];

/** One thing of both; undefined is what one of them has not. */
export interface Compared {
  readonly section: Section;
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly isSame: boolean;
  /** How far they are apart: `+0.02, better`, `PSI 0.63`. */
  readonly note?: string;
}

interface Row {
  readonly name: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly note?: string | undefined;
  /** What people see of values that are long. */
  readonly shown?: (value: unknown) => string | undefined;
}

/** In the order of the sections. What tells versions apart by nature, such as their times and folders, is left out. */
export function compared(from: IModelVersion, to: IModelVersion): Compared[] {
  const rows: Readonly<Record<Section, readonly Row[]>> = {
    model: fields(['digest', 'digestSource', 'size'], from.spec, to.spec),
    metrics: metrics(from, to),
    parameters: [...byName(from.spec.parameters, to.spec.parameters), ...fields(['seed'], from.spec, to.spec)],
    data: datasets(from.spec, to.spec),
    profile: profiles(from.spec, to.spec),
    code: fields(code, from.spec, to.spec),
    environment: environment(from.spec, to.spec),
    hardware: hardware(from.spec, to.spec),
  };
  return sections.flatMap((section) => rows[section].flatMap((row) => comparison(section, row)));
}

function comparison(section: Section, { name, from, to, note, shown = whole }: Row): Compared[] {
  if (from === undefined && to === undefined) return [];
  const isSame = canonicalJSON(from ?? null) === canonicalJSON(to ?? null);
  return [
    defined<Compared>({ section, name, from: shown(from), to: shown(to), isSame, note: isSame ? undefined : note }),
  ];
}

function whole(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : canonicalJSON(value);
}

type Values = object | undefined;

function byName(from: Values, to: Values): Row[] {
  const [one, other] = [new Map(Object.entries(from ?? {})), new Map(Object.entries(to ?? {}))];
  return [...new Set([...one.keys(), ...other.keys()])].map((name) => ({
    name,
    from: one.get(name),
    to: other.get(name),
  }));
}

const code = ['image', 'imageDigest', 'command', 'args', 'source'] as const;

function fields(names: readonly (keyof ModelVersionSpec)[], from: ModelVersionSpec, to: ModelVersionSpec): Row[] {
  return names.map((name) => ({ name, from: from[name], to: to[name] }));
}

const surroundings = ['workingDir', 'envFrom', 'results', 'checkpoint', 'pod'] as const;

/** Variables by their names, and what else a container finds. */
function environment(from: ModelVersionSpec, to: ModelVersionSpec): Row[] {
  const variables = ({ env = [] }: ModelVersionSpec) =>
    Object.fromEntries(env.map(({ name, value, ...source }) => [name, value ?? source]));
  return [...byName(variables(from), variables(to)), ...turnedRound(from, to), ...fields(surroundings, from, to)];
}

/** The same variables in another order, where one refers to those before it. */
function turnedRound({ env: from = [] }: ModelVersionSpec, { env: to = [] }: ModelVersionSpec): Row[] {
  const sorted = (env: typeof from) => canonicalJSON(env.toSorted((one, other) => (one.name < other.name ? -1 : 1)));
  if (sorted(from) !== sorted(to) || canonicalJSON({ env: from }) === canonicalJSON({ env: to })) return [];
  const names = (env: typeof from) => env.map(({ name }) => name).join(', ');
  return [{ name: 'order of variables', from: names(from), to: names(to) }];
}

function hardware(from: ModelVersionSpec, to: ModelVersionSpec): Row[] {
  return [...byName(from.hardware, to.hardware), ...fields(['nodes', 'rendezvous', 'resources'], from, to)];
}

function datasets(from: ModelVersionSpec, to: ModelVersionSpec): Row[] {
  const named = ({ datasets: all = [] }: ModelVersionSpec) =>
    Object.fromEntries(
      all.flatMap(({ name, uri, digest }) => [
        [`${name}`, uri],
        [`${name} digest`, digest],
      ]),
    );
  return byName(named(from), named(to));
}

/** What was measured on other data says little; where the gate had both measured on the same, that is told. */
function metrics(from: IModelVersion, to: IModelVersion): Row[] {
  const gate = [...(to.spec.gate ?? []), ...(from.spec.gate ?? [])];
  const isOtherData = datasets(from.spec, to.spec).some((row) => row.from !== row.to);
  return byName(from.spec.metrics, to.spec.metrics).map((row) => {
    const beside = to.spec.gate?.find(
      ({ metric, champion }) => metric === row.name && champion === from.metadata?.name,
    );
    const before = beside?.championValue ?? String(row.from);
    const words = change(before, String(row.to), directionOf(row.name, gate));
    const where =
      beside?.championValue === undefined ? (isOtherData ? 'other data' : '') : `from ${before} on its data`;
    return { ...row, note: words && [words, where].filter((part) => part !== '').join(', ') };
  });
}

function change(from: string, to: string, direction: 1 | -1 | undefined): string | undefined {
  const [one, other] = [scaled(from), scaled(to)];
  if (one === undefined || other === undefined) return undefined;
  const difference = other - one;
  const words = `${difference > 0n ? '+' : ''}${unscaled(difference)}`;
  if (direction === undefined || difference === 0n) return words;
  return `${difference > 0n === direction > 0 ? 'better' : 'worse'}: ${words}`;
}

/** Which way is better, by what the gate asks for: undefined if it asks for neither, or for both. */
function directionOf(metric: string, gate: readonly GateVerdict[]): 1 | -1 | undefined {
  const rules = gate.filter((verdict) => verdict.metric === metric).map(({ rule }) => rule);
  const asks = (form: RegExp) => rules.some((rule) => form.test(rule));
  const [more, less] = [asks(/\b(min|maxDecrease) /), asks(/\b(max|maxIncrease) /)];
  return more === less ? undefined : more ? 1 : -1;
}

function profiles(from: ModelVersionSpec, to: ModelVersionSpec): Row[] {
  const [one, other] = [from.profile ?? {}, to.profile ?? {}];
  return byName(one, other).map((row) => {
    const [before, after] = [one[row.name], other[row.name]];
    const drift = before && after && profileDrift(before, after);
    const shown = (value: unknown) => value && summary(value as FeatureProfile);
    return { ...row, shown, note: drift === undefined ? undefined : `PSI ${drift.toFixed(3)}` };
  }) as Row[];
}

/** Of a number the middle and the outer tenths, of a category the largest shares. */
function summary({ edges, categories = {} }: FeatureProfile): string {
  if (edges !== undefined) return `median ${edges[4]}, 10 % below ${edges[0]}, 10 % above ${edges[8]}`;
  const shares = Object.entries(categories).toSorted(([, one], [, other]) => Number(other) - Number(one));
  return shares.map(([name, share]) => `${name} ${share}`).join(', ');
}
