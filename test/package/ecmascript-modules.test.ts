import { Consumer } from './consumer';
import { expectedYaml, mainTs } from './sample-app';

const compilerOptions = { module: 'nodenext', target: 'es2022', strict: true, types: ['node'], outDir: 'out' };

describe('in a project of ECMAScript modules', () => {
  let project: Consumer;
  beforeAll(() => {
    project = new Consumer({
      files: {
        'package.json': '{ "name": "reviews", "version": "1.0.0", "private": true, "type": "module" }',
        'tsconfig.json': JSON.stringify({ compilerOptions, include: ['main.ts'] }),
        'main.ts': mainTs,
      },
      packages: { '@types/node': '@types/node', tsx: 'tsx', typescript: 'typescript-5.9' },
    });
  });
  afterAll(() => project.remove());

  test('the app compiles, and node runs what was compiled', () => {
    expect(project.run('node_modules/typescript/bin/tsc')).toEqual({ ok: true, output: '' });
    expect(project.run('out/main.js')).toEqual({ ok: true, output: '' });
    for (const line of expectedYaml) expect(project.read('dist/reviews.k8s.yaml')).toContain(line);
  });

  test('tsx runs the source', () => {
    expect(project.run('node_modules/tsx/dist/cli.mjs', 'main.ts')).toEqual({ ok: true, output: '' });
    for (const line of expectedYaml) expect(project.read('dist/reviews.k8s.yaml')).toContain(line);
  });
});
