import { join } from 'node:path';
import { RunnerProject } from './runner-project';

/** Types take lines in the source and none in what runs, so a place that is not mapped back shows. */
const types = `interface Names {
  readonly first: string;
  readonly second: string;
}
`;

/** The body of every program: TypeScript or, where types are left out, JavaScript. */
const body = `const { writeFileSync } = require('node:fs');
const { App, Chart } = require('cdk8s');
const { authorLocation, Gateway } = require('cdk8s-istio');
const { makeGateway } = require('gateway-library');

class Public extends Gateway {
  constructor(scope, id) {
    super(scope, id, {}); // subclass
  }
}
const chart = new Chart(new App(), 'chart');
const made = {
  direct: new Gateway(chart, 'direct'), // direct
  library: makeGateway(chart, 'library'), // library
  subclass: new Public(chart, 'subclass'),
};
Error.stackTraceLimit = 0;
made.limited = new Gateway(chart, 'limited'); // limited
Error.prepareStackTrace = () => 'formatted';
made.formatted = new Gateway(chart, 'formatted'); // formatted
const places = Object.entries(made).map(([name, construct]) => [name, authorLocation(construct)]);
writeFileSync('out.json', JSON.stringify(Object.fromEntries(places)));
`;
const typed = `${types}const names: Names = { first: 'a', second: 'b' };\n${body.replace(/\(scope, id\)/, '(scope: any, id: any)').replace('const made =', 'const made: any =')}void names;\n`;

/** In a test file the same, inside of a test. */
const tested = `${types}test('places', () => {\n${body}const names: Names = { first: 'a', second: 'b' };\nvoid names;\n});\n`;

/** What a program must find: each place by the comment that its line ends with. */
function expected(project: RunnerProject, file: string, source: string): Record<string, unknown> {
  const lines = source.split('\n');
  const names = ['direct', 'library', 'subclass', 'limited', 'formatted'];
  return Object.fromEntries(
    names.map((name) => [
      name,
      expect.objectContaining({ file: join(project.directory, file), line: lines.findIndex((line) => line.endsWith(`// ${name}`)) + 1 }),
    ]),
  );
}

describe("the author's line is right", () => {
  let project: RunnerProject;
  beforeAll(() => {
    project = new RunnerProject({
      '@swc/core': '@swc/core',
      '@swc/jest': '@swc/jest',
      '@types/node': '@types/node',
      jest: 'jest',
      'jest-29': 'jest-29',
      'ts-jest': 'ts-jest',
      'ts-node': 'ts-node',
      tsx: 'tsx',
      typescript: 'typescript-5.9',
    });
    const library = "exports.makeGateway = (scope, id) => [id].map((name) => new (require('cdk8s-istio').Gateway)(scope, name))[0];\n";
    project.write('node_modules/gateway-library/index.js', library);
    project.write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { target: 'es2020', module: 'commonjs', types: ['node'], sourceMap: true, skipLibCheck: true }, files: ['main.ts'] }),
    );
    project.write('main.js', body);
    project.write('main.ts', typed);
    project.write('places.test.ts', tested);
  });
  afterAll(() => project.remove());

  test('under node', () => {
    expect(project.run('main.js')).toEqual(expected(project, 'main.js', body));
  });

  test('under node with ECMAScript modules', () => {
    const source = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${body}`;
    project.write('main.mjs', source);
    expect(project.run('main.mjs')).toEqual(expected(project, 'main.mjs', source));
  });

  test('under node with source maps', () => {
    project.write('built/tsconfig.json', JSON.stringify({ extends: '../tsconfig.json', compilerOptions: { outDir: '.' }, files: ['../main.ts'] }));
    expect(() => project.run('node_modules/typescript/bin/tsc', '--project', 'built')).toThrow('wrote nothing');
    expect(project.run('--enable-source-maps', 'built/main.js')).toEqual(expected(project, 'main.ts', typed));
  });

  test('under ts-node', () => {
    expect(project.run('node_modules/ts-node/dist/bin.js', 'main.ts')).toEqual(expected(project, 'main.ts', typed));
  });

  test('under tsx', () => {
    expect(project.run('node_modules/tsx/dist/cli.mjs', 'main.ts')).toEqual(expected(project, 'main.ts', typed));
  });

  test('under jest with @swc/jest', () => {
    const transform = { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' } } }] };
    expect(project.run('node_modules/jest/bin/jest.js', '--config', jestConfig(transform))).toEqual(expected(project, 'places.test.ts', tested));
  });

  test('under jest 29 with ts-jest', () => {
    const transform = { '\\.ts$': ['ts-jest', { diagnostics: false }] };
    expect(project.run('node_modules/jest-29/bin/jest.js', '--config', jestConfig(transform))).toEqual(expected(project, 'places.test.ts', tested));
  });

  const jestConfig = (transform: object): string => JSON.stringify({ rootDir: project.directory, testEnvironment: 'node', transform });
});
