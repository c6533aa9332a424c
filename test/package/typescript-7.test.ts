import { Consumer } from './consumer';
import { expectedYaml, mainTs } from './sample-app';
import { template } from './template';

describe('in a project with TypeScript 7', () => {
  let project: Consumer;
  beforeAll(() => {
    project = new Consumer({
      files: {
        'package.json': '{ "name": "reviews", "version": "1.0.0", "private": true }',
        'tsconfig.json': template('tsconfig.json'),
        'cdk8s.yaml': 'language: typescript\napp: node main.js\n',
        'main.ts': mainTs,
      },
      packages: { '@types/node': '@types/node', 'cdk8s-cli': 'cdk8s-cli', typescript: 'typescript' },
    });
  });
  afterAll(() => project.remove());

  test('the app compiles, and cdk8s synth writes the manifests', () => {
    expect(project.run('node_modules/typescript/bin/tsc')).toEqual({ ok: true, output: '' });
    const { ok, output } = project.run('node_modules/cdk8s-cli/bin/cdk8s', 'synth');
    expect({ ok, output }).toMatchObject({ ok: true });
    for (const line of expectedYaml) expect(project.read('dist/reviews.k8s.yaml')).toContain(line);
  });
});
