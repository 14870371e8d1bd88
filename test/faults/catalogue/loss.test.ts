import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobs, Rehearsal } from '../rehearsal/rehearsal.ts';
import { until } from '../rehearsal/until.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

const last = () => stage.interference.proxy.requests.at(-1);

describe('The fault', () => {
  it('request-lost breaks the connection before the API server gets the request', async () => {
    stage.begin('request-lost@Request:1');
    await expect(stage.create('one')).rejects.toThrow(/closed|socket/);
    expect(stage.arrived).toEqual([]);
    expect(await stage.create('two')).toMatchObject({ status: 201 });
    expect(stage.deeds).toEqual([]);
  });

  it('answer-lost breaks the connection after the API server has carried out the request', async () => {
    stage.begin('answer-lost@Write:1');
    await expect(stage.create('one')).rejects.toThrow(/closed|socket/);
    expect(stage.arrived).toEqual([`POST ${jobs}`]);
    expect(last()).toMatchObject({ status: 201, wasAnswered: false });
  });

  it('answer-half sends the beginning of an answer that is announced in full', async () => {
    stage.begin('answer-half@Write:1');
    await expect(stage.create('one')).rejects.toThrow(/closed|terminated/);
    expect(stage.arrived).toEqual([`POST ${jobs}`]);
    expect(last()).toMatchObject({ wasAnswered: false });
  });

  it('timeout-before never answers a request that the API server never gets', async () => {
    stage.begin('timeout-before@Write:1');
    await expect(stage.create('one', 400)).rejects.toThrow(/timeout/);
    expect(stage.arrived).toEqual([]);
  });

  it('timeout-after never answers a request that was carried out', async () => {
    stage.begin('timeout-after@Write:1');
    await expect(stage.create('one', 400)).rejects.toThrow(/timeout/);
    expect(stage.arrived).toEqual([`POST ${jobs}`]);
    expect(last()).toMatchObject({ status: 201, wasAnswered: false });
  });

  it('late-write brings a write to the API server after the operator has given it up', async () => {
    stage.begin('late-write@Write:1');
    await expect(stage.send('POST', jobs, {}, 20)).rejects.toThrow(/timeout/);
    expect(stage.arrived).toEqual([]);
    await until(() => stage.arrived.length === 1);
    expect(last()).toMatchObject({ wasForwarded: true, wasAnswered: false });
  });
});
