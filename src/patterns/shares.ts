import { badInput } from './bad-input';

/** A share of requests in whole percent; one subset may take the `'rest'`. */
export type Share = number | 'rest';

/** The shares of the subsets of a service, which together are 100. */
export type Shares<Name extends string> = { readonly [N in Name]: Share };

/**
 * Shares as percentages that sum to 100: Istio takes weights as they relate to each other, so other sums would give other shares than are read.
 * @throws for shares that are no whole percentages, or that do not sum to 100
 */
export function percentages<Name extends string>(shares: Shares<Name>): Map<Name, number> {
  const entries = Object.entries(shares) as [Name, Share][];
  const written = entries.map(([name, share]) => `${name} ${share}`).join(', ');
  const fail = (problem: string): never => {
    throw badInput(`${problem}: ${written || 'no shares are given'}`);
  };
  for (const [, share] of entries) {
    if (share !== 'rest' && !isPercentage(share)) fail('a share is a whole number from 0 to 100');
  }
  const given = entries.reduce((sum, [, share]) => sum + (share === 'rest' ? 0 : share), 0);
  const rests = entries.filter(([, share]) => share === 'rest').length;
  if (rests > 1) fail("only one subset can take the 'rest'");
  if (rests === 0 ? given !== 100 : given > 100) fail(`shares must sum to 100, and these give ${given}`);
  return new Map(entries.map(([name, share]) => [name, share === 'rest' ? 100 - given : share]));
}

/** Whether a number is a whole percentage. */
export function isPercentage(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 100;
}
