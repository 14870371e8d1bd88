import { describe, expect, it } from '@jest/globals';
import { now, product } from '../../../test/builders/product.ts';
import { treeOf } from '../../product/tree/index.ts';
import type { TreeNode } from '../../product/tree/node.ts';
import { drawn } from './draw.ts';

const lines = (tree: readonly TreeNode[], fields: Partial<Parameters<typeof drawn>[1]> = {}) =>
  drawn(tree, { now, isUnicode: true, allNamespaces: false, ...fields }).map(({ words }) => words);

const leaf = (kind: TreeNode['kind'], name: string, fields: Partial<TreeNode> = {}): TreeNode => ({
  kind,
  namespace: 'team',
  name,
  state: 'Good',
  tone: 'good',
  children: [],
  ...fields,
});

describe('A tree', () => {
  it('reads from the training to the pods', () => {
    expect(lines(treeOf(product(), now))).toEqual([
      'NAME                                          STATE       SINCE  DETAIL',
      'fraud                                         ChecksFail  3m     fraud-1 serves, fraud-3 gets 50 % of requests; fraud-4 trains; drift fails',
      '├─ TrainingRun fraud                          Registered  3m     ModelVersion fraud-3 is registered; f1=0.93; the next attempt starts in 110m',
      '│  ├─ Attempt fraud-4                         Training    2m     Monitor fraud asks for it, PSI of amount 0.31 over its limit 0.2',
      '│  │  └─ Stage Train                          Running     2m',
      '│  │     └─ Job fraud-4-train                 Running     10m',
      '│  │        └─ Pod fraud-4-train-abcde        Running     9m     0/1 ready; node node-2',
      '│  └─ … 3 earlier attempts                                7h7m   2 Registered, 1 GateFailed',
      '├─ ModelVersion fraud-3                       Candidate   70m    f1=0.93; digest 3e6a09b7c2d4',
      '├─ ModelVersion fraud-1                       Serving     70m    f1=0.91; digest 1e6a09b7c2d4',
      '├─ ModelDeployment fraud                      RollingOut  3m     fraud-1 (revision 0a1b2c3d) serves at http://fraud.team.svc. fraud-3 (revision deadbeef) is rolled out beside it',
      '│  ├─ Revision 0a1b2c3d                       Stable      9h     fraud-1',
      '│  │  └─ Pod fraud-0a1b2c3d-5d8f7c9b6c-x7k2p  Running     9m     1/1 ready; node node-1',
      '│  └─ Revision deadbeef                       Candidate   7h5m   fraud-3; step 1 of 1, weight 50; gets 50 % of requests; the hold ends in 2m',
      '│     ├─ Check errors                         Measured    15s    0.002; at most 0.01; 431 requests',
      '│     └─ Pod fraud-deadbeef-5d8f7c9b6c-x7k2p  NotReady    9m     the container runs and is not ready; 2 restarts; node node-1',
      '└─ Monitor fraud                              ChecksFail  3m     drift: PSI of amount 0.31 over its limit 0.2 on 4,200 samples of revision 0a1b2c3d',
      '   ├─ Check drift                             Failing     3m     PSI of amount 0.31 over its limit 0.2 on 4,200 samples of revision 0a1b2c3d; at most 0.2',
      '   └─ Check errors                            Passing     123m   share of errors 0.1% on 9,100 samples of revision 0a1b2c3d; at most 0.01',
    ]);
  });

  it('has its columns in whatever room there is', () => {
    expect(lines(treeOf(product(), now), { width: 80 })).toEqual([
      'NAME                              STATE       SINCE  DETAIL',
      'fraud                             ChecksFail  3m     fraud-1 serves, fraud-3 g…',
      '├─ TrainingRun fraud              Registered  3m     ModelVersion fraud-3 is r…',
      '│  ├─ Attempt fraud-4             Training    2m     Monitor fraud asks for it…',
      '│  │  └─ Stage Train              Running     2m',
      '│  │     └─ Job fraud-4-train     Running     10m',
      '│  │        └─ Pod fraud…n-abcde  Running     9m     0/1 ready; node node-2',
      '│  └─ … 3 earlier attempts                    7h7m   2 Registered, 1 GateFailed',
      '├─ ModelVersion fraud-3           Candidate   70m    f1=0.93; digest 3e6a09b7c…',
      '├─ ModelVersion fraud-1           Serving     70m    f1=0.91; digest 1e6a09b7c…',
      '├─ ModelDeployment fraud          RollingOut  3m     fraud-1 (revision 0a1b2c3…',
      '│  ├─ Revision 0a1b2c3d           Stable      9h     fraud-1',
      '│  │  └─ Pod fraud-0a1b2…c-x7k2p  Running     9m     1/1 ready; node node-1',
      '│  └─ Revision deadbeef           Candidate   7h5m   fraud-3; step 1 of 1, wei…',
      '│     ├─ Check errors             Measured    15s    0.002; at most 0.01; 431…',
      '│     └─ Pod fraud-deadb…c-x7k2p  NotReady    9m     the container runs and is…',
      '└─ Monitor fraud                  ChecksFail  3m     drift: PSI of amount 0.31…',
      '   ├─ Check drift                 Failing     3m     PSI of amount 0.31 over i…',
      '   └─ Check errors                Passing     123m   share of errors 0.1% on 9…',
    ]);
  });

  it('shows its beginning where it is higher than there is room, and how much is left', () => {
    const told = lines(treeOf(product(), now), { height: 5 });
    expect(told.map((line) => line.split(/ {2,}/)[0])).toEqual([
      'NAME',
      'fraud',
      '├─ TrainingRun fraud',
      '│',
      '15 more lines: make the window higher, or name an object',
    ]);
    expect(lines(treeOf(product(), now), { height: 19 })).toHaveLength(19);
  });

  it('can be drawn in ASCII', () => {
    const tree = [
      leaf('Product', 'fraud', {
        children: [leaf('Monitor', 'a', { children: [leaf('Check', 'c')] }), leaf('Monitor', 'b')],
      }),
    ];
    expect(lines(tree, { isUnicode: false })).toEqual([
      'NAME           STATE  SINCE  DETAIL',
      'fraud          Good',
      '|- Monitor a   Good',
      '|  `- Check c  Good',
      '`- Monitor b   Good',
    ]);
  });

  it('tells what is past by its number, and one alone by itself', () => {
    const past = { isPast: true, since: '2026-11-24T10:00:00Z' } as const;
    const run = leaf('TrainingRun', 'fraud', {
      children: [
        leaf('Attempt', 'fraud-4'),
        leaf('Attempt', 'fraud-3', past),
        leaf('Attempt', 'fraud-2', { ...past, state: 'Bad' }),
        leaf('Revision', 'old', { ...past, children: [leaf('Pod', 'gone')] }),
      ],
    });
    expect(lines([run]).slice(2)).toEqual([
      '├─ Attempt fraud-4       Good',
      '├─ … 2 earlier attempts         10m    1 Good, 1 Bad',
      '└─ Revision old          Good   10m',
    ]);
  });

  it('tells how long it is until what comes by itself', () => {
    const due = (time: string) => lines([leaf('Product', 'a', { due: { what: 'the hold ends', time } })])[1];
    expect(due('2026-11-24T10:12:30Z')).toMatch(/ the hold ends in 2m30s$/);
    expect(due('2026-11-24T10:09:00Z')).toMatch(/ the hold ends now$/);
  });

  it('does nothing to a terminal, whatever objects are called', () => {
    const evil = '\u001B[2J\u202Eevil\u0007';
    const [, line] = lines([leaf('Product', evil, { state: evil, detail: evil })]);
    expect(line?.trim()).toMatch(/^evil +evil +evil$/);
  });

  it('is nothing where there are no products', () => {
    expect(lines([])).toEqual([]);
  });
});
