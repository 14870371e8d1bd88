import { remoteRule, remoteStorage } from './remote.ts';

/** Of an organization, a user or a repository: as the Hub has it, but for names that have two signs side by side. */
const name = '[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*';

/** The Hub has other kinds of repositories under these names, and no organization is called so. */
const kinds = '(?!(?:datasets|models|spaces|buckets|kernels)/[^/]*@)';

/** A branch, a tag or a commit. Of those with a slash, what the Hub itself makes: of pull requests, and of data in another format. */
const revision = '(?:refs/pr/[0-9]+|refs/convert/[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Za-z0-9_][A-Za-z0-9._-]*)';

/**
 * A repository of the Hugging Face Hub, or what is below a path of it. A dataset is `hf://datasets/…`, as in huggingface_hub's own paths. What
 * says no revision would be another thing tomorrow.
 */
export const hf = remoteStorage({
  scheme: 'hf',
  form: 'hf://<organization>/<name>@<revision>',
  authority: `${kinds}(?:datasets/)?${name}/${name}@${revision}`,
  isWritable: false,
  isPathOptional: true,
  rule: `a dataset is hf://datasets/<organization>/<name>@<revision>, the revision is a branch, a tag or, best, a commit of 40 digits, a path may follow, and ${remoteRule}`,
});
