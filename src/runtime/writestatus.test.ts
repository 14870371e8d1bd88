import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { hostileWords } from '../../test/builders/hostile.ts';
import { gadgetController } from '../../test/builders/toy.ts';
import { Workshop } from '../../test/builders/workshop.ts';
import { timestamp } from '../api/condition.ts';

let workshop: Workshop;

beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

it('A status holds nothing that acts on whoever shows it, and is written once, whatever a plan puts into it', async () => {
  workshop.given();
  const hostile = { type: 'Ready', status: 'True', reason: 'Made', message: hostileWords } as const;
  const controller = gadgetController(() => ({
    status: { conditions: [{ ...hostile, lastTransitionTime: timestamp(workshop.now) }] },
  }));
  for (let pass = 0; pass < 3; pass += 1) await workshop.run(controller);
  expect(workshop.conditions[0]?.message).toMatch(/evil.*漢/);
  expect(JSON.stringify(workshop.conditions)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\\u00/u);
  expect(workshop.server.story).toEqual(['POST', 'PATCH']);
});
