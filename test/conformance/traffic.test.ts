import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { agreementOf, type CaseAgreement, isJudged } from '../../tools/agreement';

/** Calls through a mesh with what real istiod configuration in a real Envoy answered to them. They lie beside the repository, if anywhere. */
const folder = resolve(__dirname, '../../../shared/oracle/traffic/cases');

/** Groups of kinds that are not simulated. */
const notSimulated: ReadonlySet<string> = new Set(['gatewayapi']);

const isThere = existsSync(folder);
if (!isThere) process.stderr.write('The recorded traffic cases are not there, so nothing is compared with them.\n');
const groups = isThere
  ? readdirSync(folder)
      .map((file) => file.replace(/\.json$/, ''))
      .filter((group) => !notSimulated.has(group))
      .sort()
  : [];

(isThere ? describe : describe.skip)('the recorded traffic cases', () => {
  const figures: string[] = [];

  afterAll(() => process.stderr.write(`${figures.join('\n')}\n`));

  test.each(isThere ? groups : ['none'])('%s: every answer is the recorded one', (group) => {
    const file = join(folder, `${group}.json`);
    const cases = agreementOf(readFileSync(file, 'utf8'), file, isJudged);
    const sum = (count: (each: CaseAgreement) => number): number => cases.reduce((before, each) => before + count(each), 0);
    const differing = cases.flatMap(({ name, differences }) => differences.map((difference) => `${name}: ${difference}`));
    figures.push(
      `${group}: ${cases.filter(({ differences }) => differences.length === 0).length} of ${cases.length} cases agree, ${sum(({ agreeing }) => agreeing)} of ${sum(({ fields }) => fields)} fields`,
    );
    expect(cases.length).toBeGreaterThan(0);
    expect(differing).toEqual([]);
  });
});
