// What the scanners from npm share: the files of a source that nobody vouches for.
import fs from 'node:fs';
import path from 'node:path';

/** No file is read that has more bytes. */
export const LARGEST = 16 * 1024 * 1024;

/**
 * The plain files below a folder, whatever their names, sorted. Links are no files: they may lead
 * anywhere.
 */
export function filesOf(folder) {
  const files = [];
  const folders = [folder];
  while (folders.length > 0) {
    const next = folders.pop();
    for (const entry of fs.readdirSync(next, { withFileTypes: true })) {
      const place = path.join(next, entry.name);
      if (entry.isDirectory()) {
        folders.push(place);
      } else if (entry.isFile()) {
        files.push(place);
      }
    }
  }
  return files.sort();
}

/**
 * The text of a file; nothing where it is no text. Throws where it cannot be had.
 */
export function textOf(file) {
  // It may have become a link since it was seen.
  const handle = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
  try {
    const first = Buffer.alloc(8192);
    const head = first.subarray(0, fs.readSync(handle, first, 0, first.length, 0));
    const wide = head.length > 1 && head[0] === 0xff && head[1] === 0xfe;
    if (head.includes(0) && !wide) {
      return undefined;
    }
    if (fs.fstatSync(handle).size > LARGEST) {
      throw new Error(`has more than ${LARGEST} bytes`);
    }
    return fs.readFileSync(handle).toString(wide ? 'utf16le' : 'utf8');
  } finally {
    fs.closeSync(handle);
  }
}
