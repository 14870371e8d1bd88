import { describe, expect, it } from '@jest/globals';
import { change, found, request } from './builders.ts';
import { templateRules } from './templates.ts';

const state = (version: number, spec: object) =>
  change('deployments', version === 1 ? 'Added' : 'Modified', { version, spec });

describe('The judge of templates', () => {
  it('lets a Deployment be scaled, and no template be changed', () => {
    const first = state(1, { replicas: 1, template: { spec: 'a' } });
    expect(found(templateRules, { changes: [first, state(2, { replicas: 2, template: { spec: 'a' } })] })).toEqual([]);
    const changes = [first, state(2, { replicas: 1, template: { spec: 'b' } })];
    expect(found(templateRules, { changes })).toEqual([
      'I4: the template of Deployment fraud changed while it was there',
    ]);
    expect(found(templateRules, { changes, written: ['2'] })).toEqual([]);
  });

  it('lets no selector be changed', () => {
    const changes = [state(1, { selector: 'a' }), state(2, { selector: 'b' })];
    expect(found(templateRules, { changes })).toEqual([
      'I4: the selector of Deployment fraud changed while it was there',
    ]);
  });

  it('lets the operator patch how many pods there are, and nothing else of what runs', () => {
    const patch = (spec: object) =>
      request('PATCH', '/apis/apps/v1/namespaces/team/deployments/serve', { body: { spec } });
    expect(found(templateRules, { requests: [patch({ replicas: 2 })] })).toEqual([]);
    expect(found(templateRules, { requests: [patch({ replicas: 2, paused: true })] })).toEqual([
      'I4: PATCH deployments/serve of process 1 writes paused of what may be running',
    ]);
  });
});
