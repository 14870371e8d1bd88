/** Containers before and beside the user's, and what people and the cluster do to pods and Jobs. */
import type { Faults } from '../fault.ts';
import type { Place } from '../../outcomes/place.ts';
import { forEver, image, patched, python, reporting, run } from './objects.ts';

const running = (place: Place) =>
  place.until('a training', ({ pods }) => pods.some(({ status }) => status?.phase === 'Running'));
const inPlace = (place: Place, ...args: string[]) => place.kubectl.run([...args, '--namespace', place.namespace]);

export const besideFaults: Faults = {
  'init-fails': {
    title: 'What is to be done before the training fails',
    about: 'trun/fraud',
    objects: [
      run({
        pod: {
          initContainers: [{ name: 'download', image, ...python('raise SystemExit("no such bucket: fraud-dta")') }],
        },
      }),
    ],
    shows: [/download/],
    expect: {
      cause: [/download/, /exit code 1/, /no such bucket/],
      actor: 'Author',
      fix: patched({ pod: { initContainers: [{ name: 'download', image, ...python('pass') }] } }),
    },
    works: /Succeeded=True/,
  },
  'init-hangs': {
    title: 'What is to be done before the training does not end',
    about: 'trun/fraud',
    objects: [run({ pod: { initContainers: [{ name: 'wait-for-data', image, ...python(forEver) }] } })],
    shows: [/wait-for-data/],
    expect: { cause: [/wait-for-data/], actor: 'Author', fix: patched({ pod: { initContainers: null } }) },
  },
  'sidecar-fails': {
    title: 'A sidecar fails again and again',
    about: 'trun/fraud',
    objects: [
      run({
        ...python(forEver),
        pod: { sidecars: [{ name: 'proxy', image, ...python('raise SystemExit("no route to hub")') }] },
      }),
    ],
    shows: [/proxy/],
    expect: {
      cause: [/proxy/, /no route to hub|exit code 1/],
      actor: 'Author',
      fix: patched({ ...python(reporting('{"f1": 0.95}')), pod: { sidecars: null } }),
    },
  },
  'evicted-for-disk': {
    title: 'The training fills its scratch space and is evicted',
    about: 'trun/fraud',
    objects: [
      run({
        ...python("import time; open('/scratch/all', 'wb').write(bytes(64 << 20)); time.sleep(86400)"),
        pod: { volumes: [{ name: 'scratch', mountPath: '/scratch', emptyDir: { sizeLimit: '16Mi' } }] },
      }),
    ],
    shows: [/Evict|evict/],
    expect: { cause: [/evict/i, /scratch/, /16Mi/], actor: 'Author', fix: patched({ pod: { volumes: null } }) },
  },
  'job-deleted': {
    title: 'Somebody deleted the Job',
    about: 'trun/fraud',
    objects: [run(python(forEver))],
    afterwards: async (place) => {
      await running(place);
      await inPlace(place, 'delete', 'job', 'fraud-1-train');
    },
    shows: [/Deleted/],
    expect: {
      cause: [/Job was deleted/, /cancelled/],
      actor: 'Author',
      fix: patched({ rerunAt: '2026-11-30T00:00:00Z' }),
    },
  },
  'job-suspended': {
    title: 'Somebody suspended the Job',
    about: 'trun/fraud',
    objects: [run(python(forEver))],
    afterwards: async (place) => {
      await running(place);
      await inPlace(place, 'patch', 'job', 'fraud-1-train', '--type=merge', '--patch={"spec":{"suspend":true}}');
    },
    shows: [/uspended/],
    expect: {
      cause: [/fraud-1-train/, /suspended/],
      actor: 'Author',
      fix: patched({ suspend: false }, 'job fraud-1-train'),
    },
  },
  'run-suspended': {
    title: 'The run is suspended',
    about: 'trun/fraud',
    objects: [run({ suspend: true })],
    shows: [/Suspended/],
    expect: { cause: [/spec\.suspend/], actor: 'Author', fix: patched({ suspend: false }) },
    works: /Succeeded=True/,
  },
};
