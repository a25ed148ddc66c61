// Runs secretlint's rules on every text of a source, with our settings alone, and tells which files
// it could not read.
//
// Not secretlint's own command: it leaves out what .gitignore names, takes names for patterns,
// reads files of any size whole, and stops at the first that it cannot read.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesOf, textOf } from '../npm/source.mjs';
import { Troubles, writeReport } from '../npm/sarif.mjs';

const tools = createRequire(`${process.env.SCANNER_TOOLS}/`);
const load = (name) => import(pathToFileURL(tools.resolve(name)));
const { lintSource } = await load('@secretlint/core');
const { default: format } = await load('@secretlint/secretlint-formatter-sarif');
const { version } = tools('@secretlint/core/package.json');
const source = process.env.SCAN_SOURCE;

// A comment in a file must not silence what stands beside it. secretlint cannot switch that rule off
// within its preset, so the preset's other rules are taken one by one.
const preset = await load('@secretlint/secretlint-rule-preset-recommend');
const rules = preset.rules
  .filter((rule) => rule.meta.id !== '@secretlint/secretlint-rule-filter-comments')
  .map((rule) => ({ id: rule.meta.id, rule }));

const troubles = new Troubles(source);
const files = filesOf(source);
if (files.length === 0) {
  troubles.add('there is no file in the source, so nothing was looked at');
}
const found = [];
for (const file of files) {
  try {
    const content = textOf(file);
    if (content !== undefined) {
      const text = { filePath: file, content, ext: path.extname(file), contentType: 'text' };
      // A report with secrets in it would be one more place that has them.
      const options = { config: { rules }, maskSecrets: true };
      const result = await lintSource({ source: text, options });
      if (result.messages.length > 0) {
        found.push({ ...result, sourceContent: '' });
      }
    }
  } catch (trouble) {
    troubles.add(trouble.message, file);
  }
}
writeReport(JSON.parse(format(found)), version, troubles);
console.log(`looked at ${files.length} files`);
