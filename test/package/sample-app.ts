import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The app that every consumer project writes, as users would write it. */
export const mainTs = readFileSync(join(__dirname, 'app', 'main.ts'), 'utf8');

/** Its jest test. */
export const mainTestTs = readFileSync(join(__dirname, 'app', 'main.test.ts'), 'utf8');

/** What `dist/reviews.k8s.yaml` has to contain once the app has run. */
export const expectedYaml = ['kind: Gateway', 'kind: DestinationRule', 'kind: VirtualService', 'host: reviews', 'subset: v2', 'namespace: bookinfo'];
