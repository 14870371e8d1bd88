import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditReader, auditedRequests } from './audit.ts';

let directory: string;
let log: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'flyball-audit-'));
  log = join(directory, 'audit.log');
  writeFileSync(log, '');
});

afterEach(() => rmSync(directory, { recursive: true }));

const line = (more: object = {}) =>
  `${JSON.stringify({
    stage: 'ResponseComplete',
    verb: 'create',
    requestURI: '/apis/batch/v1/namespaces/team/jobs',
    user: { username: 'operator' },
    objectRef: { resource: 'jobs', namespace: 'team', name: 'fraud-1-train' },
    responseStatus: { code: 201 },
    requestReceivedTimestamp: '2026-11-24T10:00:00.000250Z',
    stageTimestamp: '2026-11-24T10:00:00.001500Z',
    ...more,
  })}\n`;

const began = Date.parse('2026-11-24T10:00:00Z');

describe('The audit log', () => {
  it('tells who asked for what, and when, to the microsecond', () => {
    writeFileSync(log, line());
    expect(auditedRequests(log)).toEqual([
      {
        user: 'operator',
        actsAs: undefined,
        verb: 'create',
        resource: 'jobs',
        subresource: '',
        namespace: 'team',
        name: 'fraud-1-train',
        code: 201,
        uri: '/apis/batch/v1/namespaces/team/jobs',
        received: began + 0.25,
        answered: began + 1.5,
      },
    ]);
  });

  it('tells of a watch when it is opened and not when it ends, of everything else when it is answered', () => {
    writeFileSync(
      log,
      line({ verb: 'watch', stage: 'ResponseStarted' }) +
        line({ verb: 'watch', stage: 'ResponseComplete' }) +
        line({ verb: 'get', stage: 'ResponseStarted' }) +
        line({ verb: 'get', stage: 'ResponseComplete' }),
    );
    expect(auditedRequests(log).map(({ verb }) => verb)).toEqual(['watch', 'get']);
  });

  it('is read for one user, not for those whom that user is acted as by', () => {
    writeFileSync(log, line() + line({ user: { username: 'admin' }, impersonatedUser: { username: 'operator' } }));
    expect(auditedRequests(log, 'operator')).toHaveLength(1);
    expect(auditedRequests(log, 'admin').map(({ actsAs }) => actsAs)).toEqual(['operator']);
  });

  it('is read while it grows: a line that is half written comes with the next call', () => {
    const reader = new AuditReader(log);
    const whole = line();
    appendFileSync(log, whole + whole.slice(0, 40));
    expect(reader.read()).toHaveLength(1);
    appendFileSync(log, whole.slice(40));
    expect(reader.read()).toHaveLength(1);
    expect(reader.read()).toEqual([]);
    reader.close();
  });
});
