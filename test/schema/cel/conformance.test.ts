import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CelEvaluationError, type CompiledRule, compileRule, type SchemaLike, toCelValue } from '../../../src/schema/cel';

/** The CRDs to conform with lie beside the repository, if at all. */
const crds = resolve(__dirname, '../../../../shared/crds');
const files = ['istio-1.31.1.yaml', 'gateway-api-1.6.0-standard.yaml', 'gateway-api-1.6.0-experimental.yaml'];
const isThere = files.every((file) => existsSync(join(crds, file)));

type OpenApiSchema = { readonly [key: string]: unknown };

/** Every distinct rule with the first schema that carries it. */
function rulesOf(node: unknown, rules = new Map<string, OpenApiSchema>()): Map<string, OpenApiSchema> {
  if (typeof node === 'object' && node !== null) {
    const validations = (node as OpenApiSchema)['x-kubernetes-validations'];
    for (const { rule } of Array.isArray(validations) ? (validations as { rule: string }[]) : []) {
      rules.set(rule, rules.get(rule) ?? (node as OpenApiSchema));
    }
    for (const part of Object.values(node)) {
      rulesOf(part, rules);
    }
  }
  return rules;
}

function schemaLike(schema: OpenApiSchema): SchemaLike {
  const { type, format, properties, items, additionalProperties } = schema as { [key: string]: never };
  const part = (name: string, value: unknown): object => (value === undefined ? {} : { [name]: value });
  return {
    ...part('type', type),
    ...part('format', format),
    ...part('intOrString', schema['x-kubernetes-int-or-string']),
    ...part('listType', schema['x-kubernetes-list-type']),
    ...part('listMapKeys', schema['x-kubernetes-list-map-keys']),
    ...part('items', items && schemaLike(items)),
    ...part('additionalProperties', typeof additionalProperties === 'object' ? schemaLike(additionalProperties) : additionalProperties),
    ...part('properties', properties && Object.fromEntries(Object.entries<OpenApiSchema>(properties).map(([name, value]) => [name, schemaLike(value)]))),
  };
}

/** An object in which every property of a schema is set, every list has one element and every string the given text. */
function sample(schema: SchemaLike, text: string): unknown {
  switch (schema.type) {
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? { [text]: sample(schema.additionalProperties, text) }
        : Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, sample(property, text)]));
    case 'array':
      return [sample(schema.items ?? {}, text)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return text;
  }
}

function evaluate(rule: CompiledRule, self: unknown): unknown {
  try {
    return rule.evaluate({ self, oldSelf: self });
  } catch (error) {
    if (error instanceof CelEvaluationError) {
      return error.message;
    }
    throw error;
  }
}

const conformance = isThere ? describe : describe.skip;

if (!isThere) {
  console.warn(`The rules of Istio and of the Gateway API are not tested: ${files.join(', ')} are not in ../shared/crds.`);
}

conformance('the rules of Istio and of the Gateway API', () => {
  const rules = new Map<string, OpenApiSchema>();
  if (isThere) {
    for (const file of files) {
      for (const document of parseAllDocuments(readFileSync(join(crds, file), 'utf8'))) {
        rulesOf(document.toJS(), rules);
      }
    }
  }

  test('are all there', () => {
    expect(rules.size).toBeGreaterThanOrEqual(130);
    expect([...rules.keys()].filter((rule) => compileRule(rule).usesOldSelf)).toEqual(['self == oldSelf']);
  });

  test('compile, and give a verdict on objects in which everything is set', () => {
    // Texts that are a duration, a URL path and a number, so that conversions succeed somewhere.
    const texts = ['1s', '/a', '1'];
    const undecided = [...rules].filter(([rule, openApi]) => {
      const schema = schemaLike(openApi);
      const compiled = compileRule(rule);
      return !texts.some((text) => typeof evaluate(compiled, toCelValue(sample(schema, text), schema)) === 'boolean');
    });
    expect(undecided.map(([rule]) => rule)).toEqual([]);
  });

  test('give both verdicts, or an error, somewhere', () => {
    const texts = [
      '1s',
      '/a',
      '1',
      '',
      '*',
      'http://a',
      'unix://',
      'Hostname',
      'PathPrefix',
      'HTTP',
      'a.cluster.local',
      '2h',
      'UPSERT',
      'REMOVE',
      'HOST',
      'WAYPOINT',
      'DNS_ROUND_ROBIN',
      'NONE',
      'GRPC',
    ];
    const verdicts = [...rules].map(([rule, openApi]) => {
      const schema = schemaLike(openApi);
      const compiled = compileRule(rule);
      const objects = texts.flatMap((text) => [sample(schema, text), ...(schema.type === 'object' ? [{}] : schema.type === 'array' ? [[]] : [])]);
      return new Set(objects.map((object) => evaluate(compiled, toCelValue(object, schema)))).size;
    });
    // One text for everything cannot break every rule; what matters is that rules tell objects apart.
    expect(verdicts.filter((count) => count > 1).length).toBeGreaterThan(70);
  });
});
