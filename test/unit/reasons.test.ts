import { describe, expect, it, test } from '@jest/globals';
import { actors, type Reason } from '../../src/api/reason.ts';
import { deploymentReasons } from '../../src/kinds/modeldeployment/status/reasons.ts';
import { monitorReasons } from '../../src/kinds/monitor/status/reasons.ts';
import { runReasons } from '../../src/kinds/trainingrun/status/reasons.ts';
import { actorOf } from '../../src/workload/diagnosis/actor.ts';
import type { Finding } from '../../src/workload/diagnosis/finding.ts';
import { sourcesBelow } from './sources.ts';

const tables: Readonly<Record<string, Readonly<Record<string, Reason>>>> = {
  trainingrun: runReasons,
  modeldeployment: deploymentReasons,
  monitor: monitorReasons,
};
const shared = ['src/api', 'src/workload'];

const sources = sourcesBelow('src').filter(({ path }) => !path.endsWith('.test.ts') && !path.endsWith('reasons.ts'));

/** The texts in the code of a kind and of what it is made from. */
function textsOf(kind: string): ReadonlySet<string> {
  const rooms = [...shared, `src/kinds/${kind}`];
  const own = sources.filter(({ path }) => rooms.some((room) => path.startsWith(`${room}/`)));
  return new Set(own.filter(({ path }) => path !== 'src/api/reason.ts').flatMap(({ texts }) => texts));
}

describe('The reasons of conditions, attempts and verdicts', () => {
  test.each(Object.entries(tables))('of a %s are those that its code gives', (kind, table) => {
    const texts = textsOf(kind);
    expect(Object.keys(table).filter((reason) => !texts.has(reason))).toEqual([]);
  });

  it('are told in sentences, of which none is said of two', () => {
    for (const table of Object.values(tables)) {
      const meanings = Object.values(table).map(({ meaning }) => meaning);
      expect(meanings.filter((meaning) => !/^[A-Za-z].*\.$/.test(meaning) || meaning.length > 200)).toEqual([]);
      expect(new Set(meanings).size).toBe(meanings.length);
    }
  });

  it('say where they are seen as a phrase, without a command', () => {
    const evidence = Object.values(tables).flatMap((table) => Object.values(table).map((one) => one.evidence));
    expect(evidence.filter((phrase) => /kubectl|`|\.$|^$/.test(phrase))).toEqual([]);
  });

  it('say whose move it is', () => {
    const found = Object.values(tables).flatMap((table) => Object.values(table).map(({ actor }) => actor));
    expect(new Set(found)).toEqual(new Set(Object.keys(actors)));
  });
});

describe('Whose move it is about a pod', () => {
  const failed: Finding = {
    reason: 'CommandFailed',
    what: 'the command ended with exit code 1',
    owner: 'User',
    isMain: true,
    move: 'ReadLog',
    remedy: 'read its log',
    lasts: false,
  };
  const full: Finding = { ...failed, reason: 'Unschedulable', isMain: false, move: 'Wait' };

  test.each([
    ["the author's if the command fails", failed, 'Author'],
    [
      "the administrator's if a container fails that somebody injects",
      { ...failed, owner: 'Injected' },
      'Administrator',
    ],
    ["the administrator's if nothing that the spec asks for keeps it from all nodes", full, 'Administrator'],
    ["the author's if nodes lack what the spec asks for", { ...full, field: 'spec.accelerator' }, 'Author'],
    ["nobody's if a container is being created", { ...full, reason: 'ContainerCreating' }, 'Nobody'],
  ] as const)('is %s', (_, finding: Finding, want) => {
    expect(actorOf(finding)).toBe(want);
  });
});
