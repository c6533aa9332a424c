import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { agreementOf, isJudged } from '../../tools/agreement';

/** Calls through a mesh with what real istiod configuration in a real Envoy answered to them: one or more for every rule. */
const folder = resolve(__dirname, '../fixtures/traffic');
const files = readdirSync(folder).map((file) => join(folder, file));

describe.each(files.map((file) => [basename(file, '.json'), file]))('%s', (_, file) => {
  const cases = agreementOf(readFileSync(file as string, 'utf8'), file as string, isJudged);

  test.each(cases)('$name', ({ differences }) => {
    expect(differences).toEqual([]);
  });
});
