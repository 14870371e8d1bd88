/** Whether a volume holds an artifact that is mounted as it is; people's own cannot have such names. */
export function isOfArtifact(name: string): boolean {
  return /^(?:claim|model)(?:-\d+)?$/.test(name);
}
