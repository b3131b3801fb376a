import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import regexp from 'eslint-plugin-regexp'
import neostandard from 'neostandard'

// What a folder of src/ may import of ours: design rule "no surface imports another".
const mayImport = {
  schema: [],
  seam: [],
  resources: ['schema', 'seam'],
  lookups: ['schema', 'seam', 'resources'],
  provider: ['schema', 'seam', 'resources', 'lookups'],
  pulumi: ['schema', 'seam', 'resources', 'lookups', 'provider'],
  terraform: ['schema', 'seam', 'resources', 'lookups', 'provider'],
  cdk: ['schema', 'resources', 'lookups'],
  review: ['schema', 'seam', 'resources', 'lookups', 'provider'],
  sandbox: [],
}
const folders = [...Object.keys(mayImport), 'cli']

/** Forbids a folder what it may not import; `parts` names those of another surface that it may. */
const layer = (files, folder, allowed, other, ...parts) => ({
  files: [files],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: folders
          .filter((one) => one !== folder && !allowed.includes(one))
          .map((one) => ({
            regex: `^(\\.\\./)+${one}(/${one === other ? `(?!(${parts.join('|')})/)` : ''}|$)`,
            message: `${files} may import only ${[...allowed, ...parts.map((part) => `${other}/${part}`)].join(', ') || 'nothing'} of ours`,
          })),
      },
    ],
  },
})

const layers = [
  ...Object.entries(mayImport).map(([folder, allowed]) =>
    layer(`src/${folder}/**/*.ts`, folder, allowed),
  ),
  // A reader of an engine's plan knows how that engine spells values.
  layer('src/review/pulumi/*.ts', 'review', mayImport.review, 'pulumi', 'values'),
  layer('src/review/terraform/*.ts', 'review', mayImport.review, 'terraform', 'schema'),
  // Constructs are written for Terraform.
  layer('src/cdk/**/*.ts', 'cdk', mayImport.cdk, 'terraform', 'schema', 'install'),
]

export default [
  ...neostandard({
    ts: true,
    noStyle: true,
    ignores: ['dist/**', '.engines/**', '.local/**', '**/cdktf.out/**', 'test/types/programs/**'],
  }),
  {
    rules: {
      'no-console': 'error',
      // The API's names are snake_case, and stay so until a surface spells them its own way.
      camelcase: 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // A pattern that tries a long text in too many ways holds up whatever waits for it.
    files: ['src/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver-next': [createTypeScriptImportResolver()],
    },
    rules: { 'import-x/no-cycle': 'error' },
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'tools/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
    },
  },
  // Generated from the definitions.
  {
    files: ['src/*/generated/*.ts', 'test/provider/check.test.ts'],
    rules: { 'max-lines': 'off' },
  },
  // In a program of Pulumi or of CDKTF, `new` declares a resource.
  {
    files: ['examples/**', 'docs/**', 'src/cdk/*.ts', 'test/cdk/**', 'test/**/constructs*.ts'],
    rules: { 'no-new': 'off' },
  },
  // What Terraform is to calculate.
  { files: ['test/cdk/**'], rules: { 'no-template-curly-in-string': 'off' } },
  { files: ['tools/**', 'examples/**', 'bench/**', 'src/cli/**'], rules: { 'no-console': 'off' } },
  ...layers,
]
