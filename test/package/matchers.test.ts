import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer, type Run } from './consumer';
import { mainTs } from './sample-app';

const program = readFileSync(join(__dirname, 'app', 'traffic.test.ts'), 'utf8');
const plainImport = "import 'cdk8s-istio/testing';\n";

interface Framework {
  readonly name: string;
  /** What stands in the place of the plain import of the matchers. */
  readonly imports: string;
  readonly types: readonly string[];
  readonly packages: Readonly<Record<string, string>>;
  run(project: Consumer): Run;
}

const runJest = (project: Consumer): Run => project.run('node_modules/jest/bin/jest.js', '--ci', 'traffic');
const jestPackages = { jest: 'jest', '@swc/jest': '@swc/jest', '@swc/core': '@swc/core' };

const frameworks: readonly Framework[] = [
  {
    name: 'jest with its globals',
    imports: plainImport,
    types: ['node', 'jest'],
    packages: { ...jestPackages, '@types/jest': '@types/jest' },
    run: runJest,
  },
  {
    name: 'jest with the types of an older one',
    imports: plainImport,
    types: ['node', 'jest'],
    packages: { ...jestPackages, '@types/jest': 'types-jest-29' },
    run: runJest,
  },
  {
    name: '@jest/globals',
    imports: `import { expect, test } from '@jest/globals';\n${plainImport}`,
    types: ['node'],
    packages: { ...jestPackages, '@jest/globals': '@jest/globals', expect: 'expect' },
    run: runJest,
  },
  {
    name: 'vitest',
    imports: "import { expect, test } from 'vitest';\nimport { matchers } from 'cdk8s-istio/testing';\n\nexpect.extend(matchers);\n",
    types: ['node'],
    packages: { vitest: 'vitest' },
    run: (project) => project.run('node_modules/vitest/vitest.mjs', 'run', 'traffic'),
  },
];

describe.each(frameworks)('the matchers in $name', ({ imports, types, packages, run }) => {
  let project: Consumer;
  beforeAll(() => {
    project = new Consumer({
      files: {
        'package.json': '{ "name": "reviews", "version": "1.0.0", "private": true }',
        // The declarations of vite need more recent settings than those of the template.
        'tsconfig.json': JSON.stringify({
          compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, types, noEmit: true, skipLibCheck: 'vitest' in packages },
          include: ['*.ts'],
        }),
        'jest.config.js': "module.exports = { transform: { '\\\\.ts$': '@swc/jest' } };\n",
        'main.ts': mainTs,
        'traffic.test.ts': program.replace(plainImport, imports),
      },
      // The fastest compiler that there is; the declarations alone are compiled with all of them.
      packages: { '@types/node': '@types/node', typescript: 'typescript', ...packages },
    });
  });
  afterAll(() => project.remove());

  test('their types are known', () => {
    expect(project.run('node_modules/typescript/bin/tsc', '--project', '.')).toEqual({ ok: true, output: '' });
  });

  test('they judge, and say why', () => {
    const { ok, output } = run(project);
    expect({ ok, output }).toEqual({ ok: true, output: expect.stringMatching(/Tests: +3 passed|Tests {2}3 passed/) });
  });
});
