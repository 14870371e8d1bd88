import { afterAll, beforeAll } from '@jest/globals';
import { startS3, type Store } from '../../stores/index.ts';
import { filled, type scratch } from './transferred.ts';

/** While the tests of a file run, an S3 that has a folder at s3://artifacts/model; then the scratch goes, too. */
export function modelInS3(source: string, { path, remove }: ReturnType<typeof scratch>): () => Store {
  let store: Store;
  beforeAll(async () => {
    store = await startS3(filled(path('store'), { '.keep': '' }));
    await store.upload(source, 'model');
  }, 120_000);
  afterAll(async () => {
    await store.stop();
    remove();
  });
  return () => store;
}
