import { renderJson } from '../../src/render';
import { bare, full } from './fixtures';

test('the report has its findings in a fixed form, and a summary that callers add to', () => {
  const text = renderJson([full, bare], { objects: 7 });
  expect(JSON.parse(text)).toEqual({
    diagnostics: [full, { ...bare, aliases: [], related: [] }],
    summary: { errors: 1, warnings: 1, infos: 0, objects: 7 },
  });
  expect(text.endsWith('}\n')).toBe(true);
});

test('the members come in the documented order', () => {
  const members = ['code', 'aliases', 'severity', 'object', 'path', 'message', 'location', 'construct', 'related', 'fix', 'help'];
  expect(Object.keys(JSON.parse(renderJson([full])).diagnostics[0])).toEqual(members);
});
