import { renderSarif } from '../../src/render';
import { bare, full, note } from './fixtures';

const run = (...args: Parameters<typeof renderSarif>) => {
  const log = JSON.parse(renderSarif(...args));
  expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
};

test('every rule is described once, and every result names its rule', () => {
  const { tool, results, columnKind } = run([full, bare, full, note], {
    version: '1.2.3',
    rule: (code) => (code === full.code ? { summary: 'S', help: '# H', helpUri: 'https://x' } : undefined),
  });
  expect(columnKind).toBe('utf16CodeUnits');
  expect(tool.driver).toMatchObject({ name: 'cdk8s-istio', version: '1.2.3' });
  expect(tool.driver.rules).toEqual([
    {
      id: 'mesh/note',
      name: 'MeshNote',
      shortDescription: { text: 'This is no text.' },
      defaultConfiguration: { level: 'note' },
      properties: { tags: ['istio'] },
    },
    {
      id: full.code,
      name: 'VirtualServiceWeightsOnSeparateRoutes',
      shortDescription: { text: 'S' },
      helpUri: 'https://x',
      help: { text: '# H', markdown: '# H' },
      defaultConfiguration: { level: 'warning' },
      properties: { tags: ['istio', 'IST0130'] },
    },
    {
      id: 'yaml/binary',
      name: 'YamlBinary',
      shortDescription: { text: 'This is no text.' },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['istio'] },
    },
  ]);
  for (const { ruleId, ruleIndex, level, message } of results) {
    expect(tool.driver.rules[ruleIndex]).toMatchObject({ id: ruleId, defaultConfiguration: { level } });
    expect(message.text).toBeTruthy();
  }
});

test('a result says where it is, in the file and in the cluster', () => {
  const [result] = run([full]).results;
  expect(result.locations).toEqual([
    {
      physicalLocation: { artifactLocation: { uri: 'src/reviews.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 3, startColumn: 5 } },
      logicalLocations: [
        { name: 'VirtualService bookinfo/reviews', fullyQualifiedName: 'networking.istio.io/v1/VirtualService/bookinfo/reviews#spec.http[1]', kind: 'object' },
      ],
    },
  ]);
  expect(result.relatedLocations).toEqual([
    {
      id: 1,
      physicalLocation: { artifactLocation: { uri: 'src/reviews.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 2, startColumn: 5 } },
      message: { text: 'this route takes them' },
    },
  ]);
  expect(run([bare]).results[0].locations).toEqual([]);
});

test.each([
  ['/abs/a b.yaml', undefined, 'file:///abs/a%20b.yaml'],
  ['/repo/x/a#b.yaml', '/repo', 'x/a%23b.yaml'],
  ['/repository/a.yaml', '/repo', 'file:///repository/a.yaml'],
  ['.\\x\\a.yaml', undefined, 'x/a.yaml'],
  ['C:\\x\\a.yaml', undefined, 'file:///C:/x/a.yaml'],
])('the file %s below %s is %s', (file, root, uri) => {
  expect(
    run([{ ...bare, location: { file, line: 1 } }], root === undefined ? {} : { root }).results[0].locations[0].physicalLocation.artifactLocation.uri,
  ).toBe(uri);
});

test('a fingerprint survives moved lines and a moved repository, and tells equal findings apart', () => {
  const fingerprints = (...args: Parameters<typeof renderSarif>): string[] =>
    run(...args).results.map((result: { partialFingerprints: object }) => Object.values(result.partialFingerprints)[0]);
  const moved = { ...full, location: { file: '/repo/src/reviews.yaml', line: 99, column: 1 } };
  const [first, second, other] = fingerprints([full, full, { ...full, path: 'spec.http[2]' }]);
  expect(new Set([first, second, other]).size).toBe(3);
  expect(fingerprints([moved], { root: '/repo' })).toEqual([first]);
});
