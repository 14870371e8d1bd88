/** How folders are listed and removed in a pod, whose image is anybody's. */

/** What an image has to have: images that train have Python as a rule and a shell by chance, small ones the other way round. */
export const languages = ['Python', 'Shell'] as const;
export type Language = (typeof languages)[number];

/** Of a process that prints what lies in folders, as `listingOf` reads it. */
export function listingCommand(language: Language, folders: readonly string[]): string[] {
  return language === 'Python'
    ? ['python3', '-c', pythonListing, ...folders]
    : ['sh', '-c', shellListing, 'sh', ...folders];
}

/** Of a process that removes folders and all that is in them. */
export function removalCommand(language: Language, folders: readonly string[]): string[] {
  return language === 'Python' ? ['python3', '-c', pythonRemoval, ...folders] : ['rm', '-rf', '--', ...folders];
}

const pythonRemoval = 'import shutil, sys; [shutil.rmtree(folder) for folder in sys.argv[1:]]';

/** Names that are none of ours are passed over, so that no name breaks a line. Links are not followed. */
const pythonListing = `
import os, re, stat, sys
for place, base in enumerate(sys.argv[1:]):
    try:
        names = sorted(os.listdir(base))
    except OSError:
        print("missing", place)
        continue
    for name in names:
        top = os.path.join(base, name)
        if not re.fullmatch(r"[A-Za-z0-9._-]+", name) or os.path.islink(top) or not os.path.isdir(top):
            continue
        size = files = newest = 0
        errors = []
        for folder, _, inside in os.walk(top, onerror=errors.append):
            for one in inside:
                try:
                    found = os.lstat(os.path.join(folder, one))
                except OSError as error:
                    errors.append(error)
                    continue
                if stat.S_ISREG(found.st_mode):
                    size, files, newest = size + found.st_size, files + 1, max(newest, int(found.st_mtime))
        print("folder", place, size, files, newest, name)
        if errors:
            print("unreadable")
print("end")
`;

/**
 * The same for any shell, with the find and stat of GNU or BusyBox.
 */
const shellListing = `
place=0
for base in "$@"; do
  if cd "$base" 2>/dev/null; then
    for name in *; do
      case "$name" in *[!A-Za-z0-9._-]*) continue;; esac
      [ -d "./$name" ] && [ ! -L "./$name" ] || continue
      find "./$name" -type f -exec stat -c '%s %Y' {} + 2>/dev/null | {
        files=0; bytes=0; newest=0
        while read -r size time; do
          files=$((files + 1)); bytes=$((bytes + size))
          [ "$time" -gt "$newest" ] && newest=$time
        done
        echo "folder $place $bytes $files $newest $name"
      }
      find "./$name" >/dev/null 2>&1 || echo unreadable
    done
  else
    echo "missing $place"
  fi
  place=$((place + 1))
done
echo end
`;
