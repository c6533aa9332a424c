import { found } from './istiod';

const telemetry = (spec: object) => found('Telemetry', spec);
const tracing = (...settings: object[]) => telemetry({ tracing: settings });
const override = (fields: object) => telemetry({ metrics: [{ overrides: [fields] }] });
const filter = (expression: string) => telemetry({ accessLogging: [{ filter: { expression } }] });

test('TE1: selector and targets are checked', () => {
  expect(telemetry({ selector: {}, targetRefs: [{ kind: 'Service', name: 'a' }] })).toEqual([
    'target-ref/several-targets spec.targetRefs',
    'selector/empty spec.selector',
  ]);
});

test('TE2: providers have names', () => {
  const providers = [{ name: '' }];
  expect(telemetry({ metrics: [{ providers }], tracing: [{ providers }], accessLogging: [{ providers }] })).toEqual([
    'telemetry/provider-name spec.metrics[0].providers[0].name',
    'telemetry/provider-name spec.tracing[0].providers[0].name',
    'telemetry/provider-name spec.accessLogging[0].providers[0].name',
  ]);
});

test('TE3: of settings and providers of tracing one is enough', () => {
  expect(tracing({}, {})).toEqual(['telemetry/several-tracing spec.tracing[1]']);
  expect(tracing({ providers: [{ name: 'a' }, { name: 'b' }] })).toEqual(['telemetry/several-tracing-providers spec.tracing[0].providers[1]']);
});

test.each([-0.1, 100.1])('TE4: %s is no percentage of samples', (randomSamplingPercentage) => {
  expect(tracing({ randomSamplingPercentage })).toEqual(['telemetry/sampling-percentage spec.tracing[0].randomSamplingPercentage']);
});

test('TE5: tags have a name and a source', () => {
  const tags = (customTags: object) => tracing({ customTags });
  expect(tags({ '': { literal: { value: 'a' } } })).toEqual(['telemetry/tag-name spec.tracing[0].customTags[]']);
  expect(tags({ a: { literal: {} }, b: { header: {} }, c: { environment: {} } })).toEqual([
    'telemetry/tag-source spec.tracing[0].customTags[a].literal.value',
    'telemetry/tag-source spec.tracing[0].customTags[b].header.name',
    'telemetry/tag-source spec.tracing[0].customTags[c].environment.name',
  ]);
  expect(tags({ a: { formatter: {} } })).toEqual([]);
});

test('TE6: overridden tags have a name, and a value exactly when they are set', () => {
  const tags = (tagOverrides: object) => override({ tagOverrides });
  expect(tags({ '': { value: 'a' } })).toEqual(['telemetry/override-name spec.metrics[0].overrides[0].tagOverrides[]']);
  expect(tags({ a: {} })).toEqual(['telemetry/override-value-missing spec.metrics[0].overrides[0].tagOverrides[a].value']);
  expect(tags({ a: { operation: 'REMOVE', value: 'a' } })).toEqual(['telemetry/override-value-unused spec.metrics[0].overrides[0].tagOverrides[a].value']);
  expect(tags({ a: { operation: 'REMOVE' }, b: { value: 'x' } })).toEqual([]);
});

test('TE7: a custom metric has a name', () => {
  expect(override({ match: { customMetric: '' } })).toEqual(['telemetry/custom-metric spec.metrics[0].overrides[0].match.customMetric']);
  expect(override({ match: { mode: 'CLIENT' } })).toEqual([]);
});

test.each(['', 'a b', 'a.?b', 'has(a)', 'a.all(1, x)', 'a ? b', '[1', "'a"])('TE8: the filter %j is refused', (expression) => {
  expect(filter(expression)).toEqual(['telemetry/filter-expression spec.accessLogging[0].filter.expression']);
});

test.each(['response.code >= 400', 'has(a.b)', 'Message{a: 1}', 'a.sortBy(1, 2)', 'cel.bind(1, 2, 3)', 'a.`b-c`', '.has(a)'])(
  'TE8: the filter %j is fine',
  (expression) => {
    expect(filter(expression)).toEqual([]);
  },
);
