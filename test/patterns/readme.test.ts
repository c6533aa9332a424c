import { readFileSync } from 'node:fs';
import { page, withTable } from './page-table';

test('the table of patterns is what the programs of their pages have and write; "npx tsx test/patterns/page-table.ts" writes it', () => {
  const text = readFileSync(page, 'utf8');
  expect(withTable(text)).toBe(text);
});
