import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readFacts } from '../../tools/generator/facts';
import type { Fact } from '../../tools/generator/model';
import { enumNames, typeNames } from '../../tools/generator/names';
import { references } from '../../tools/generator/references';
import { durationFields, refinements } from '../../tools/generator/refinements';
import { contents, definition, file, generate, repository, scratch, version } from './definitions';

let folder: string;
beforeAll(() => {
  folder = scratch();
});
afterAll(() => rmSync(folder, { recursive: true }));

const committed = (name: string) => contents(join(repository, name));

describe('the committed types', () => {
  test('are what the committed facts give, offline', () => {
    const out = join(folder, 'from-facts');
    expect(generate('--out', out)).toEqual({ code: 0, said: '' });
    expect(contents(out)).toEqual(committed('imports'));
  });

  test('stay small: 6,000 lines, 500 kB, no line over 200 characters', () => {
    const texts = Object.values(committed('imports'));
    const lines = texts.flatMap((text) => text.split('\n'));
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(lines.length).toBeLessThan(6000);
    expect(bytes).toBeLessThan(500_000);
    expect(lines.filter((line) => line.length > 200)).toEqual([]);
  });

  test('and the facts repeat none of the prose of the definitions', () => {
    expect(JSON.stringify(committed('crds'))).not.toMatch(/description|REQUIRED|Optional\./);
  });
});

describe('what is known beyond the definitions', () => {
  const facts = readFacts(join(repository, 'crds'));
  const types: Record<string, Fact> = Object.assign({}, facts.shared, ...Object.values(facts.groups).map((group) => group.types));
  const fieldAt = (place: string): Fact | undefined => {
    const [type = '', field = ''] = place.replace(/[[\]{}]/g, '').split('.');
    return types[type]?.properties?.[field];
  };

  test('names only types that are there', () => {
    expect(Object.values(typeNames).filter((name) => !(name in types))).toEqual([]);
    expect(Object.keys(refinements).filter((name) => !(name in types))).toEqual([]);
  });

  test('names only fields that are there', () => {
    const places = [...Object.keys(references), ...Object.keys(enumNames), ...durationFields];
    const refined = Object.entries(refinements).flatMap(([type, { required = [], exclusive = [], variants = [] }]) =>
      [...required, ...exclusive.flat(), ...variants.flat().flatMap(({ fields }) => Object.keys(fields))].map((field) => `${type}.${field}`),
    );
    expect([...places, ...refined].filter((place) => fieldAt(place) === undefined)).toEqual([]);
  });

  test('lets the commonest variant stand last where no literal type points at one, in the order of the table and in that of the alphabet', () => {
    for (const { variants = [] } of Object.values(refinements)) {
      for (const group of variants.filter((variants) => !variants.some(({ fields }) => Object.values(fields).some(({ type }) => type !== undefined)))) {
        const names = group.map(({ name }) => name);
        expect(names[names.length - 1]).toBe([...names].sort().pop());
      }
    }
  });
});

test('running twice changes nothing, not even where the first run left something', () => {
  const input = file(folder, 'twice.yaml', definition({ versions: [version({ type: 'object', properties: { lid: { type: 'string' } } })] }));
  const [facts, out] = [join(folder, 'twice-facts'), join(folder, 'twice')];
  expect(generate('--crds', input, '--facts', facts, '--out', out).code).toBe(0);
  const first = [contents(facts), contents(out)];
  expect(generate('--crds', input, '--facts', facts, '--out', out).code).toBe(0);
  expect([contents(facts), contents(out)]).toEqual(first);
  expect(generate('--facts', facts, '--out', out).code).toBe(0);
  expect([contents(facts), contents(out)]).toEqual(first);
});

test('files that are given in another order give the same', () => {
  const inputs = ['1.1', '1.2', '1.10'].map((release, index) =>
    file(folder, `tea-${release}.yaml`, definition({ versions: [version({ type: 'object', properties: { [`since${index}`]: { type: 'string' } } })] })),
  );
  const [forth, back] = [join(folder, 'forth'), join(folder, 'back')];
  expect(generate('--crds', ...inputs, '--out', forth).code).toBe(0);
  expect(generate('--crds', ...inputs.reverse(), '--out', back).code).toBe(0);
  expect(contents(back)).toEqual(contents(forth));
  expect(contents(forth)['releases.ts']).toContain(`releases: ['1.1', '1.2', '1.10']`);
});

describe('a small definition, from file to types', () => {
  const pot = (spec: object) => version({ type: 'object', required: ['tea'], properties: { ...spec } });
  const tea = { type: 'string', description: 'The tea, in many words.' };
  const older = pot({ tea, sugar: { type: 'integer' } });
  const newer = pot({
    tea: { ...tea, minLength: 1 },
    strength: { type: 'string', enum: ['weak', 'strong'] },
    steep: { type: 'string', 'x-kubernetes-validations': [{ rule: 'duration(self) >= duration("1s")', message: 'must take a second' }] },
    pour: {
      type: 'object',
      properties: { cup: { type: 'string' }, mug: { type: 'object', properties: { size: { type: 'integer', minimum: 1, maximum: 9 } } } },
      oneOf: [{ not: { anyOf: [{ required: ['cup'] }, { required: ['mug'] }] } }, { required: ['cup'] }, { required: ['mug'] }],
    },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    more: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  });
  let facts: Record<string, string>;
  let out: Record<string, string>;
  beforeAll(() => {
    const inputs = [file(folder, 'pot-1.1.yaml', definition({ versions: [older] })), file(folder, 'pot-1.2.yaml', definition({ versions: [newer] }))];
    expect(generate('--crds', ...inputs, '--facts', join(folder, 'pot-facts'), '--out', join(folder, 'pot'))).toEqual({ code: 0, said: '' });
    facts = contents(join(folder, 'pot-facts'));
    out = contents(join(folder, 'pot'));
  });

  test('its facts', () => {
    expect(facts['index.json']).toMatchInlineSnapshot(`
"{"releases":["1.1","1.2"],"groups":["example.com"]}
"
`);
    expect(facts['example.com.json']).toMatchInlineSnapshot(`
"{
  "kinds": {
    "Teapot": {
      "plural": "teapots",
      "scope": "Namespaced",
      "versions": {"v1":{"stored":["1.1",""]}},
      "schema": {"type":"object","properties":{"spec":{"ref":"TeapotSpec"}}}
    }
  },
  "types": {
    "TeapotPour": {"type":"object","properties":{"cup":{"type":"string"},"mug":{"ref":"TeapotPourMug"}},"exclusive":[["cup","mug"]]},
    "TeapotPourMug": {"type":"object","properties":{"size":{"type":"integer","minimum":1,"maximum":9}}},
    "TeapotSpec": {
      "type": "object",
      "required": ["tea"],
      "properties": {
        "labels": {"type":"object","additionalProperties":{"type":"string"},"since":"1.2"},
        "more": {"type":"object","preserveUnknownFields":true,"since":"1.2"},
        "pour": {"ref":"TeapotPour","since":"1.2"},
        "steep": {"type":"string","rules":[{"rule":"duration(self) >= duration(\\"1s\\")","message":"must take a second"}],"since":"1.2"},
        "strength": {"type":"string","enum":["weak","strong"],"since":"1.2"},
        "sugar": {"type":"integer","until":"1.1"},
        "tea": {"type":"string","minLength":1}
      }
    }
  }
}
"
`);
  });

  test('its types and data', () => {
    expect(out['example.com.ts']).toMatchInlineSnapshot(`
"// Generated from the CustomResourceDefinitions of releases 1.1 to 1.2 by "npm run generate". Do not edit.
import type { Duration, Kind, Schema, ValidationRule } from './schema';
import type { Unset } from './unset';

export type TeapotSpecStrength = 'weak' | 'strong';

export interface TeapotPourByMug {
  readonly cup?: Unset<'set only one of cup, mug'>;
  readonly mug: TeapotPourMug;
}
export interface TeapotPourWithCup {
  readonly cup?: string | null;
  readonly mug?: Unset<'set only one of cup, mug'>;
}
export type TeapotPour =
  | TeapotPourByMug
  | TeapotPourWithCup;
export interface TeapotPourMug {
  /** 1 to 9 */
  readonly size?: number | null;
}
export interface TeapotSpec {
  /** since 1.2 */
  readonly labels?: { readonly [key: string]: string | null } | null;
  /** since 1.2 */
  readonly more?: { readonly [key: string]: unknown } | null;
  /** since 1.2 */
  readonly pour?: TeapotPour | null;
  /** since 1.2; must take a second */
  readonly steep?: Duration | null;
  /** since 1.2 */
  readonly strength?: TeapotSpecStrength | null;
  /** at least 1 characters */
  readonly tea: string;
}

const enums = {
  TeapotSpecStrength: ['weak', 'strong'] as readonly TeapotSpecStrength[],
};

const rule = { mustTakeASecond: { rule: 'duration(self) >= duration("1s")', message: 'must take a second' } } satisfies { readonly [name: string]: ValidationRule };

const types: { readonly [name: string]: Schema } = {
  TeapotPour: { type: 'object', exclusive: [['cup', 'mug']], properties: { cup: { type: 'string' }, mug: { ref: 'TeapotPourMug' } } },
  TeapotPourMug: { type: 'object', properties: { size: { type: 'integer', minimum: 1, maximum: 9 } } },
  TeapotSpec: {
    type: 'object',
    required: ['tea'],
    properties: {
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      more: { type: 'object', preserveUnknownFields: true },
      pour: { ref: 'TeapotPour' },
      steep: { type: 'string', rules: [rule.mustTakeASecond] },
      strength: { type: 'string', enum: enums.TeapotSpecStrength },
      tea: { type: 'string', minLength: 1 },
    },
  },
};

const kinds: { readonly [groupAndKind: string]: Kind } = {
  'example.com/Teapot': {
    group: 'example.com',
    kind: 'Teapot',
    plural: 'teapots',
    scope: 'Namespaced',
    versions: ['v1'],
    schema: { type: 'object', properties: { spec: { ref: 'TeapotSpec' } } },
  },
};

/** The values of the enums, the schemas of the named types, and the kinds of this file. */
export const exampleCom = { enums, types, kinds };
"
`);
  });

  test('its release table', () => {
    expect(out['releases.ts']?.replace(/[\s\S]*export const/, 'export const')).toMatchInlineSnapshot(`
"export const releaseTable: ReleaseTable = {
  releases: ['1.1', '1.2'],
  kinds: { 'example.com/Teapot': { versions: { v1: { stored: ['1.1', ''] } } } },
  fields: { TeapotSpec: { labels: '1.2', more: '1.2', pour: '1.2', steep: '1.2', strength: '1.2', sugar: ['1.1', '1.1'] } },
  enums: {},
};
"
`);
  });

  test('its refusals', () => {
    expect(out['unset.ts']).toMatchInlineSnapshot(`
"// Generated from the CustomResourceDefinitions of releases 1.1 to 1.2 by "npm run generate". Do not edit.
/** Why a field must stay unset. It has no values: it exists for the names of its members in the messages of the compiler. */
export declare enum Refused {
  'set only one of cup, mug' = 'set only one of cup, mug',
  'stays unset' = 'stays unset',
}

/** Stands on a field that must stay unset; its parameter says why. */
export type Unset<Reason extends keyof typeof Refused> = (typeof Refused)[Reason] | null;
"
`);
  });

  test('the model of the schema data, copied', () => {
    const template = readFileSync(join(repository, 'tools/generator/templates/schema.ts'), 'utf8');
    expect(out['schema.ts']?.split('\n').slice(1).join('\n')).toBe(template);
    expect(Object.keys(out).sort()).toEqual(['example.com.ts', 'index.ts', 'releases.ts', 'schema.ts', 'tables.ts', 'unset.ts']);
  });
});
