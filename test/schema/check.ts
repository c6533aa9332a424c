import type { Schema } from '../../imports/schema';
import type { Report } from '../../src/manifest/rule';
import { readYaml } from '../../src/manifest/yaml';
import { checkSchema } from '../../src/schema';
import { structuralCompiler } from '../../src/schema/structural';
import { validationCompiler } from '../../src/schema/validations';

export interface Finding {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** A report, and what was reported to it. */
export function recorder(): { readonly report: Report; readonly findings: Finding[] } {
  const findings: Finding[] = [];
  return { findings, report: (rule, path, message, fix = rule.fix) => void findings.push({ code: rule.code, path, message, fix }) };
}

/** The findings of the schema about every object of a YAML text. */
export function findingsOf(yaml: string): Finding[] {
  const { report, findings } = recorder();
  for (const { object } of readYaml(yaml).manifests) checkSchema(object, report);
  return findings;
}

/** What a schema of its own says of a value, and the value that remains. */
export function check(
  schema: Schema,
  value: unknown,
  types: { readonly [name: string]: Schema } = {},
): { readonly kept: unknown; readonly findings: readonly Finding[] } {
  const { report, findings } = recorder();
  const kept = structuralCompiler(types)(schema)(value, 'spec', { report, root: { properties: { spec: schema } }, types });
  return { kept, findings };
}

/** What the CEL rules of a schema say of a value. */
export function evaluate(schema: Schema, value: unknown, types: { readonly [name: string]: Schema } = {}): readonly Finding[] {
  const { report, findings } = recorder();
  validationCompiler(types)(schema)?.(value, 'spec', report);
  return findings;
}

/** Code and path of each finding, which is what most tests are about. */
export const short = (findings: readonly Finding[]): string[] => findings.map(({ code, path }) => `${code} ${path}`);
