import { readYaml } from '../../src/manifest/yaml';
import { renderPretty, summarize, summaryLine } from '../../src/render';
import { bare, full, note, source } from './fixtures';

test('a finding shows where, what, the lines, the other places, the fix and the help', () => {
  expect(
    renderPretty([full, bare], { source: () => source }),
  ).toBe(`warning virtual-service/weights-on-separate-routes (IST0130)  VirtualService bookinfo/reviews
  src/reviews.yaml:3:5  spec.http[1]  construct app/chart/routes
    This route is never used.
    All requests go to v1, 100 %.
      2 |   - route: a
    > 3 |   - route: b
        |     ^
      4 |   - route: c
  see  src/reviews.yaml:2:5  spec.http[0]  this route takes them
  fix  put both destinations into one route
  help cdk8s-istio rule virtual-service/weights-on-separate-routes

error yaml/binary
    This is no text.`);
});

test('a file that cannot be read, or is shorter than the place says, shows no lines', () => {
  const expected = 'info mesh/note\n  /abs/a b.yaml:1\n    This is no text.';
  expect(renderPretty([note])).toBe(expected);
  expect(renderPretty([note], { source: () => undefined })).toBe(expected);
  expect(renderPretty([{ ...note, location: { file: 'x', line: 9 } }], { source: () => 'one line' })).not.toContain('|');
});

test('a file is asked for once, however many findings it has', () => {
  const read = jest.fn(() => source);
  renderPretty([full, full, full], { source: read });
  expect(read).toHaveBeenCalledTimes(1);
});

test('a very long line is cut around the place, and control characters cannot reach the terminal', () => {
  const line = `${'x'.repeat(1000)}HERE\u001b[31m${'y'.repeat(100_000)}`;
  const output = renderPretty([{ ...bare, location: { file: 'a', line: 1, column: 1001 } }], { source: () => line });
  const [shown, mark] = output.split('\n').slice(-2) as [string, string];
  expect(shown.length).toBeLessThan(140);
  expect(shown.indexOf('HERE')).toBe(mark.indexOf('^'));
  expect(output).not.toContain('\u001b');
});

test('colour is there only when asked for', () => {
  expect(renderPretty([full])).not.toContain('\u001b');
  expect(renderPretty([full], { color: true })).toContain('\u001b[33mwarning\u001b[39m');
});

test('a mistake in a YAML file is shown at its place', () => {
  const text = 'apiVersion: v1\nkind: A\nspec:\n\thosts: []\n';
  expect(renderPretty(readYaml(text, 'a.yaml').diagnostics, { source: () => text })).toContain('  a.yaml:4:1\n');
});

test('the summary counts by severity', () => {
  expect(summarize([full, bare, bare, note])).toEqual({ errors: 2, warnings: 1, infos: 1 });
  expect(summaryLine({ errors: 2, warnings: 1, infos: 3 })).toBe('2 errors, 1 warning, 3 info');
  expect(summaryLine({ errors: 0, warnings: 0, infos: 0 })).toBe('no findings');
});
