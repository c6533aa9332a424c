import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { badInput } from './bad-input';

/** The namespace that a pattern is about: the one that is given, otherwise that of the chart. Throws where there is none. */
export function requireNamespace(scope: Construct, given: string | undefined): string {
  const namespace = given ?? Chart.of(scope).namespace;
  if (namespace === undefined || namespace === '') throw badInput('the namespace is part of what is written here: give one, or give the chart one');
  return namespace;
}
