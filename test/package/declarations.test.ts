import { Consumer } from './consumer';
import { entryPoints } from './repository';

/** Without the library of ES2016 there is no cdk8s project: its template asks for it. No package of types is visible. */
const compilerOptions = { module: 'CommonJS', target: 'ES2017', lib: ['es2016'], strict: true, types: [], noEmit: true };

const imports = entryPoints.map((name, index) => `import * as entry${index} from '${name}';\nentry${index};\n`);

describe.each(['typescript-5.4', 'typescript-5.9', 'typescript'])('with %s', (compiler) => {
  let project: Consumer;
  beforeAll(() => {
    project = new Consumer({
      files: {
        'package.json': '{ "name": "reviews", "version": "1.0.0", "private": true }',
        'tsconfig.json': JSON.stringify({ compilerOptions, include: ['main.ts'] }),
        'main.ts': imports.join(''),
      },
      // The scenarios are written with it; without it only their subpath does not compile.
      packages: { 'cdk8s-plus-27': 'cdk8s-plus-27', typescript: compiler },
    });
  });
  afterAll(() => project.remove());

  test('the declarations of every entry point compile without @types/node', () => {
    expect(project.run('node_modules/typescript/bin/tsc', '--project', '.')).toEqual({ ok: true, output: '' });
  });
});
