// What the scanners from npm share: the end of a report.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const MOST_TROUBLES = 1000;

/** What could not be looked at. With any of it, the server takes a report for a part of the whole. */
export class Troubles {
  #notifications = [];
  #untold = 0;

  constructor(source) {
    this.source = source;
  }

  /** A sentence on a file, or on the whole source. */
  add(text, file) {
    if (this.#notifications.length >= MOST_TROUBLES) {
      this.#untold++;
      return;
    }
    const name = file === undefined ? '' : `${path.relative(this.source, file)}: `;
    this.#notifications.push({ level: 'error', message: { text: name + text } });
  }

  notifications() {
    const more = { level: 'error', message: { text: `and ${this.#untold} more` } };
    return this.#untold === 0 ? this.#notifications : [...this.#notifications, more];
  }
}

/**
 * Writes a formatter's SARIF as the report: with the version of the tool that made it, its
 * troubles, and paths that begin at the source.
 */
export function writeReport(sarif, version, troubles) {
  const [run] = sarif.runs;
  run.tool.driver.version = version;
  run.columnKind = 'utf16CodeUnits';
  run.results ??= [];
  run.invocations = [
    { executionSuccessful: true, toolExecutionNotifications: troubles.notifications() },
  ];
  const base = `${pathToFileURL(troubles.source)}/`;
  const text = JSON.stringify(sarif, (name, value) =>
    name === 'uri' && String(value).startsWith(base) ? String(value).slice(base.length) : value,
  );
  fs.writeFileSync(process.env.SCAN_REPORT, text, { flag: 'wx' });
}
