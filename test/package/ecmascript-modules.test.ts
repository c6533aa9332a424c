import { Consumer } from './consumer';
import { entryPoints } from './repository';
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
      packages: { 'cdk8s-plus-27': 'cdk8s-plus-27', '@types/node': '@types/node', tsx: 'tsx', typescript: 'typescript-5.9' },
    });
  });
  afterAll(() => project.remove());

  test('the app compiles, and node runs what was compiled', () => {
    expect(project.run('node_modules/typescript/bin/tsc')).toEqual({ ok: true, output: '' });
    expect(project.run('out/main.js')).toEqual({ ok: true, output: '' });
    for (const line of expectedYaml) expect(project.read('dist/reviews.k8s.yaml')).toContain(line);
  });

  test.each(entryPoints)('every export of %s can be imported by its name', (entryPoint) => {
    const program = `
      import * as namespace from '${entryPoint}';
      import { createRequire } from 'node:module';
      const required = Object.keys(createRequire(import.meta.url)('${entryPoint}'));
      console.log(required.length > 0 ? required.filter((name) => !(name in namespace)).join() : 'nothing is exported');`;
    expect(project.run('--input-type=module', '--eval', program)).toEqual({ ok: true, output: '\n' });
  });

  test('tsx runs the source', () => {
    expect(project.run('node_modules/tsx/dist/cli.mjs', 'main.ts')).toEqual({ ok: true, output: '' });
    for (const line of expectedYaml) expect(project.read('dist/reviews.k8s.yaml')).toContain(line);
  });
});
