// The only settings that ESLint gets: those of the scanned source are never read.
import { createRequire } from 'node:module';

const tools = createRequire(`${process.env.SCANNER_TOOLS}/`);
const security = tools('eslint-plugin-security');

export default [
  // It leaves these out unless told otherwise.
  { ignores: ['!**/node_modules/', '!**/.git/'] },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs', '**/*.jsx'],
    plugins: { security },
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules: {
      ...security.configs.recommended.rules,
      // Those that are hardly ever meant otherwise.
      'security/detect-bidi-characters': 'error',
      'security/detect-buffer-noassert': 'error',
      'security/detect-child-process': 'error',
      'security/detect-disable-mustache-escape': 'error',
      'security/detect-eval-with-expression': 'error',
    },
  },
];
