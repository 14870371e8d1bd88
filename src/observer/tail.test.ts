import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tailOf } from './tail.ts';

/** A message whose pieces the test gives by hand, so that it sees the memory between them. */
const stream = () => Object.assign(new EventEmitter(), { headers: {} }) as unknown as IncomingMessage;

it('The end of a stream takes little memory however long that is, and gives it back', () => {
  const event = fc.integer({ min: 1, max: 3_000 }).map((length) => `data: "${'x'.repeat(length)}"\n\n`);
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 50, maxLength: 200 }),
      fc.integer({ min: 1, max: 5_000 }),
      (events, cut) => {
        const budget = { free: 1 << 20 };
        const message = stream();
        const tail = tailOf(message, budget);
        const bytes = Buffer.from(`${events.join('')}data: "last"\n\n`);
        for (let from = 0; from < bytes.length; from += cut) {
          message.emit('data', bytes.subarray(from, from + cut));
          expect((1 << 20) - budget.free).toBeLessThan(16 * 1024);
        }
        const documents = tail.take();
        expect(budget.free).toBe(1 << 20);
        const found = documents();
        expect('documents' in found && [...found.documents][0]).toBe('last');
      },
    ),
    { numRuns: 30 },
  );
});

it('A stream for which there is no memory is given up alone, and gives back what it had', () => {
  const budget = { free: 10_000 };
  const message = stream();
  const tail = tailOf(message, budget);
  message.emit('data', Buffer.alloc(4_000));
  message.emit('data', Buffer.alloc(40_000));
  message.emit('data', Buffer.alloc(10));
  expect(budget.free).toBe(10_000);
  expect(tail.take()()).toEqual({ skipped: 'Busy' });
  expect(budget.free).toBe(10_000);
});
