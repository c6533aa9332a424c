import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository';

/** A file of the project that `cdk8s init typescript-app` makes, with the blanks left as they are. */
export function template(file: string): string {
  return readFileSync(join(repository, 'node_modules/cdk8s-cli/templates/typescript-app', file), 'utf8');
}
