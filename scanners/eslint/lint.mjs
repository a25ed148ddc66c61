// Runs ESLint on every JavaScript file of a source, with our settings alone, and tells which files
// it could not read.
//
// Not ESLint's own command: it would look for its formatter, and run it, in the folder that it
// scans, and its formatter calls the whole run a failure when one file cannot be read.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { LARGEST, filesOf } from '../npm/source.mjs';
import { Troubles, writeReport } from '../npm/sarif.mjs';

const FEW = 200;
const JAVASCRIPT = /\.(?:js|mjs|cjs|jsx)$/;

const tools = createRequire(`${process.env.SCANNER_TOOLS}/`);
const { ESLint } = tools('eslint');
const format = tools('@microsoft/eslint-formatter-sarif');
const source = process.env.SCAN_SOURCE;

function linter(sourceType) {
  return new ESLint({
    cwd: source,
    overrideConfigFile: fileURLToPath(new URL('eslint.config.mjs', import.meta.url)),
    overrideConfig: sourceType === undefined ? [] : [{ languageOptions: { sourceType } }],
    allowInlineConfig: false,
    globInputPaths: false,
    errorOnUnmatchedPattern: true,
  });
}

const modules = linter();
const scripts = linter('commonjs');

function unread(result) {
  return result.messages.find((message) => message.fatal || message.ruleId === null);
}

// What is no module may be a script; nothing in a file says which.
async function lint(files) {
  const results = await modules.lintFiles(files);
  for (const [index, result] of results.entries()) {
    if (unread(result) !== undefined && /\.jsx?$/.test(result.filePath)) {
      [results[index]] = await scripts.lintFiles([result.filePath]);
    }
  }
  return results;
}

const troubles = new Troubles(source);

function tooLarge(file) {
  const large = fs.lstatSync(file).size > LARGEST;
  if (large) {
    troubles.add(`has more than ${LARGEST} bytes`, file);
  }
  return large;
}

const files = filesOf(source).filter((file) => JAVASCRIPT.test(file) && !tooLarge(file));
if (files.length === 0) {
  troubles.add('there is no JavaScript that can be read in the source, so nothing was looked at');
}
const found = [];
for (let next = 0; next < files.length; next += FEW) {
  for (const result of await lint(files.slice(next, next + FEW))) {
    const trouble = unread(result);
    if (trouble !== undefined) {
      troubles.add(`line ${trouble.line ?? 1}: ${trouble.message}`, result.filePath);
    }
    result.messages = result.messages.filter((message) => message.ruleId !== null);
    if (result.messages.length > 0) {
      delete result.source;
      found.push(result);
    }
  }
}
const rulesMeta = modules.getRulesMetaForResults(found);
writeReport(JSON.parse(format(found, { cwd: source, rulesMeta })), ESLint.version, troubles);
console.log(`looked at ${files.length} files`);
