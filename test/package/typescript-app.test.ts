import { Consumer } from './consumer';
import { expectedYaml, mainTestTs, mainTs } from './sample-app';
import { template } from './template';

describe('in the project that cdk8s init typescript-app makes', () => {
  let project: Consumer;
  beforeAll(() => {
    project = new Consumer({
      files: {
        'package.json': '{ "name": "reviews", "version": "1.0.0", "private": true }',
        'tsconfig.json': template('tsconfig.json'),
        'jest.config.js': template('jest.config.js'),
        'cdk8s.yaml': template('cdk8s.yaml'),
        'main.ts': mainTs,
        'main.test.ts': mainTestTs,
      },
      packages: {
        '@types/jest': 'types-jest-29',
        '@types/node': '@types/node',
        'cdk8s-cli': 'cdk8s-cli',
        jest: 'jest-29',
        'ts-jest': 'ts-jest',
        'ts-node': 'ts-node',
        typescript: 'typescript-5.9',
      },
    });
  });
  afterAll(() => project.remove());

  test('the app compiles, library declarations included', () => {
    expect(project.run('node_modules/typescript/bin/tsc', '--noEmit')).toEqual({ ok: true, output: '' });
  });

  test('cdk8s synth writes the manifests through ts-node', () => {
    const { ok, output } = project.run('node_modules/cdk8s-cli/bin/cdk8s', 'synth');
    expect({ ok, output }).toMatchObject({ ok: true });
    for (const line of expectedYaml) expect(project.read('dist/reviews.k8s.yaml')).toContain(line);
  });

  test('its jest tests pass under ts-jest and jest 29', () => {
    const { ok, output } = project.run('node_modules/jest/bin/jest.js', '--ci');
    expect({ ok, output }).toEqual({ ok: true, output: expect.stringContaining('1 passed, 1 total') });
  });
});
