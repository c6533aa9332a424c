import { readFileSync } from 'node:fs';
import { transformSync } from '@swc/core';
import { page, withTable } from '../../tools/references';

const text = readFileSync(page, 'utf8');

/** The code blocks of the page in a language. */
const blocks = (language: string): string[] => [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] as string);

test('the table of the page is what the schemas and the rules say', () => {
  expect(withTable(text)).toBe(text);
});

test('the sample of the page writes the manifest that stands below it', () => {
  const [sample = ''] = blocks('ts');
  const { code } = transformSync(sample, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
  const result: { manifest?: string } = {};
  new Function('require', 'exports', code)((name: string) => (name === 'cdk8s-istio' ? require('../../src') : require(name)), result);
  expect(result.manifest).toContain(blocks('yaml')[0]);
});
