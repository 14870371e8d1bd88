import { describe, expect, it } from '@jest/globals';
import { change, found } from '../builders.ts';
import { folderRules } from './folders.ts';

const job = (name: string, owner: string, attempt: string, mounts: Readonly<Record<string, string>>) =>
  change('jobs', 'Added', {
    name,
    uid: `${owner}-${name}`,
    owner,
    labels: { 'flyball.dev/attempt': attempt },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'main',
              volumeMounts: Object.entries(mounts).map(([mountPath, subPath]) => ({
                name: 'claim',
                mountPath,
                subPath,
              })),
            },
          ],
          volumes: [{ name: 'claim', persistentVolumeClaim: { claimName: 'models' } }],
        },
      },
    },
  });
const output = (subPath: string) => ({ '/flyball/output': subPath });
const checkpoint = (subPath: string) => ({ '/flyball/checkpoint': subPath });

describe('The judge of folders', () => {
  const first = job('fraud-1-train', 'one', 'fraud-1', output('fraud-1'));

  it('sees two attempts write to the same one, by whatever name', () => {
    const again = job('fraud-1-train', 'two', 'fraud-1', output('fraud-1'));
    expect(found(folderRules, { changes: [first, again] })).toEqual([
      'I3: Job fraud-1-train writes to the output models/fraud-1 as Job fraud-1-train of another attempt does',
    ]);
    expect(
      found(folderRules, { changes: [first, job('fraud-2-train', 'one', 'fraud-2', output('fraud-1'))] }),
    ).toHaveLength(1);
    expect(
      found(folderRules, { changes: [first, job('fraud-1-train', 'two', 'fraud-1', output('fraud-1-two'))] }),
    ).toEqual([]);
  });

  it('lets an attempt that is made again write where it did, and a run keep its checkpoint', () => {
    expect(
      found(folderRules, { changes: [first, job('fraud-1-train-r1', 'one', 'fraud-1', output('fraud-1'))] }),
    ).toEqual([]);
    const kept = job('fraud-1-train', 'one', 'fraud-1', checkpoint('fraud'));
    expect(
      found(folderRules, { changes: [kept, job('fraud-2-train', 'one', 'fraud-2', checkpoint('fraud'))] }),
    ).toEqual([]);
    expect(
      found(folderRules, { changes: [kept, job('fraud-1-train', 'two', 'fraud-1', checkpoint('fraud'))] }),
    ).toEqual(['I3: Job fraud-1-train writes to the checkpoint models/fraud as Job fraud-1-train of another run does']);
  });

  it('sees two versions in one place', () => {
    const version = (name: string, uri: string) => change('modelversions', 'Added', { name, spec: { uri } });
    expect(found(folderRules, { changes: [version('fraud-1', 'pvc://a'), version('fraud-2', 'pvc://b')] })).toEqual([]);
    expect(found(folderRules, { changes: [version('fraud-1', 'pvc://a'), version('fraud-2', 'pvc://a')] })).toEqual([
      'I3: ModelVersion fraud-2 is at pvc://a, and so is fraud-1, which was made before',
    ]);
  });
});
