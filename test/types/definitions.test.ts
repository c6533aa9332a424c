import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { contents, definition, file, generate, scratch, version } from '../generator/definitions';
import { compilers, TypeProject } from './project';

const refusals = [
  ['both members of a group', `{ tea: 'green', pour: { cup: 'a', mug: { size: 1 } } }`, 'set only one of cup, mug'],
  ['what is required', `{ pour: { cup: 'a' } }`, "Property 'tea' is missing"],
  ['a value that the enum lacks', `{ tea: 'green', strength: 'Weak' }`, `Did you mean '"weak"'?`],
  ['a misspelt field', `{ tea: 'green', strenght: 'weak' }`, "Did you mean to write 'strength'?"],
] as const;

const right = [
  `{ tea: 'green', strength: 'weak', pour: { mug: { size: 1 } }, temperature: '90%', kettle: 'steel' }`,
  `{ tea: 'green', pour: { cup: 'a', mug: null }, temperature: 90, open: { anything: [1], lid: 'x' } }`,
];

const spec = {
  type: 'object',
  required: ['tea', 'kettle'],
  properties: {
    tea: { type: 'string' },
    kettle: { type: 'string', default: 'steel' },
    strength: { type: 'string', enum: ['weak', 'strong'] },
    temperature: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
    open: { type: 'object', properties: { lid: { type: 'string' } }, 'x-kubernetes-preserve-unknown-fields': true },
    pour: {
      type: 'object',
      properties: { cup: { type: 'string' }, mug: { type: 'object', properties: { size: { type: 'integer' } } } },
      oneOf: [{ not: { anyOf: [{ required: ['cup'] }, { required: ['mug'] }] } }, { required: ['cup'] }, { required: ['mug'] }],
    },
  },
};

describe("types of a user's own definition, in the project of the cdk8s template", () => {
  let folder: string;
  let project: TypeProject;
  beforeAll(() => {
    folder = scratch();
    project = new TypeProject();
    const input = file(folder, 'teapots.yaml', definition({ versions: [version(spec)] }));
    expect(generate('--crds', input, '--out', join(folder, 'out'))).toEqual({ code: 0, said: '' });
    for (const [name, text] of Object.entries(contents(join(folder, 'out')))) project.write(`imports/${name}`, text);
    const program = [
      `import type { TeapotSpec } from '../imports'; export { kinds, types } from '../imports';`,
      ...refusals.map(([, value], index) => `export const wrong${index}: TeapotSpec = ${value};`),
      ...right.map((value, index) => `export const right${index}: TeapotSpec = ${value};`),
    ];
    project.write('programs/teapots.ts', program.join('\n'));
  });
  afterAll(() => {
    project.remove();
    rmSync(folder, { recursive: true });
  });

  test.each(compilers)(
    'refuse what is wrong and take what is right, with %s',
    (compiler) => {
      expect(project.compile(compiler)).toEqual(
        refusals.map(([, , text], index) => ({ file: 'programs/teapots.ts', line: index + 2, text: expect.stringContaining(text) })),
      );
    },
    60_000,
  );
});
