import type { Schema } from '../../imports/schema';

/** What the schemas do not say about the messages behind them. */

/** Durations that no validation rule of the schema gives away. */
const durationsWithoutRule: ReadonlySet<string> = new Set(['HTTPCookie.ttl', 'RetryBudget.budgetInterval', 'TCPSettings.idleTimeout']);

/** Maps whose keys are numbers; JSON writes every key as a text. */
export const numericMapKeys: ReadonlySet<string> = new Set(['PeerAuthenticationSpec.portLevelMtls']);

/** Whether a text field is a duration. */
export function isDurationField(schema: Schema, typeName: string, field: string): boolean {
  return durationsWithoutRule.has(`${typeName}.${field}`) || (schema.rules?.some(({ rule }) => rule.includes('duration(self)')) ?? false);
}
