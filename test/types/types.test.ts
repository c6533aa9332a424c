import * as package_ from '../../src';
import type { Case, Sound } from './cases/case';
import { destinationRuleCases, soundDestinationRules } from './cases/destination-rule';
import { gatewayCases, soundGateways } from './cases/gateway';
import { otherCases, otherSounds } from './cases/others';
import { securityCases, soundPolicies } from './cases/security';
import { soundVirtualServices, virtualServiceCases } from './cases/virtual-service';
import { type CompilerError, compilers, TypeProject } from './project';

const cases: readonly Case[] = [...virtualServiceCases, ...destinationRuleCases, ...gatewayCases, ...securityCases, ...otherCases];
const sounds: readonly Sound[] = [...soundVirtualServices, ...soundDestinationRules, ...soundGateways, ...soundPolicies, ...otherSounds];

/** Adds one line before a program: the imports of what it names, and the chart. */
function program(text: string): string {
  const code = text.replace(/\/\/.*$/gm, '');
  const named = Object.keys(package_).filter((name) => new RegExp(`(?:new|extends|const \\w+:) ${name}\\b|\\b${name}[(<\\[]`).test(code));
  return `import { Chart, Testing } from 'cdk8s'; import { ${named.join(', ')} } from 'cdk8s-istio'; export const chart = new Chart(Testing.app(), 'chart');\n${text}\n`;
}

const marker = / \/\/ refused: (.*)$/;

/** The lines of a written program that are to be refused, and the text of each refusal. */
function refusals(text: string): { line: number; text: string }[] {
  return program(text)
    .split('\n')
    .flatMap((line, index) => {
      const match = marker.exec(line);
      return match ? [{ line: index + 1, text: match[1] as string }] : [];
    });
}

const rightFile = (index: number) => `programs/right-${index}.ts`;
const wrongFile = (index: number) => `programs/wrong-${index}.ts`;
const soundFile = (index: number) => `programs/sound-${index}.ts`;

/** The longest text of a refusal that a person reads to its end. */
const READABLE_LINES = 6;

describe.each(compilers)('%s', (compiler) => {
  let errors: readonly CompilerError[];
  const errorsIn = (file: string) => errors.filter((error) => error.file === file);

  beforeAll(() => {
    const project = new TypeProject().withPackage();
    cases.forEach(({ right, wrong }, index) => {
      project.write(rightFile(index), program(right));
      project.write(wrongFile(index), program(wrong));
    });
    sounds.forEach(({ right }, index) => {
      project.write(soundFile(index), program(right));
    });
    errors = project.compile(compiler);
    project.remove();
  }, 60_000);

  test.each(cases.map(({ mistake, wrong }, index) => ({ mistake, wrong, index })))('refuses $mistake, and takes what was meant', ({ wrong, index }) => {
    const expected = refusals(wrong);
    const found = errorsIn(wrongFile(index));
    expect(expected.length).toBeGreaterThan(0);
    expect(errorsIn(rightFile(index))).toEqual([]);
    expect(found.map(({ line, text }) => ({ line, text }))).toEqual(expected.map(({ line, text }) => ({ line, text: expect.stringContaining(text) })));
    for (const { text } of found) expect(text.split('\n').length).toBeLessThanOrEqual(READABLE_LINES);
  });

  test.each(sounds.map(({ what }, index) => ({ what, index })))('takes $what', ({ index }) => {
    expect(errorsIn(soundFile(index))).toEqual([]);
  });

  test('finds nothing else, in no declaration either', () => {
    expect(errors.filter(({ file }) => !file.startsWith('programs/'))).toEqual([]);
  });
});
