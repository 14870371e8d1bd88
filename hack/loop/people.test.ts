import { describe, expect, it } from '@jest/globals';
import { differing } from './people.ts';

const part = (
  object: string,
  ...lines: readonly string[]
) => `diff -u -N /tmp/LIVE-12/${object} /tmp/MERGED-34/${object}
--- /tmp/LIVE-12/${object}	2026-11-30 07:14:59 +0000
+++ /tmp/MERGED-34/${object}	2026-11-30 07:14:59 +0000
${lines.join('\n')}
`;

describe('What people changed', () => {
  it('is told for each object by the first field, and not by its generation', () => {
    const scaled = part(
      'apps.v1.Deployment.flyball-demo.laboratory',
      '@@ -4,7 +4,7 @@',
      '-  generation: 2',
      '+  generation: 3',
      '   labels:',
      '-  replicas: 0',
      '+  replicas: 1',
    );
    const edited = part('v1.Namespace..flyball-demo', '@@ -4,6 +4,7 @@', '+    mark: made', '   name: flyball-demo');
    expect(differing(`kubectl diff failed (1): ${scaled}${edited}`)).toEqual([
      'Deployment laboratory has "replicas: 0" where the demo applied "replicas: 1"',
      'Namespace flyball-demo lacks what the demo applied: "mark: made"',
    ]);
  });

  it('is nothing where nothing differs, and not that something is gone, which is told otherwise', () => {
    expect(differing('')).toEqual([]);
    expect(differing(part('apps.v1.Deployment.flyball-demo.clinic', '@@ -0,0 +1,2 @@', '+kind: Deployment'))).toEqual(
      [],
    );
  });
});
