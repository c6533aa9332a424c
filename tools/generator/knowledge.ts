import type { Facts } from './model';
import { enumNames, typeNames } from './names';
import { referenceAt } from './references';
import { durationFields, type Refinement, refinements } from './refinements';
import type { Reference } from './templates/schema';

/** What is known of types beyond their definitions. */
export interface Knowledge {
  readonly typeNames: { readonly [place: string]: string };
  readonly enumNames: { readonly [place: string]: string };
  readonly refinements: { readonly [type: string]: Refinement };
  readonly durationFields: ReadonlySet<string>;
  readonly referenceAt: (place: string, type: string | undefined) => Reference | undefined;
}

const istio: Knowledge = { typeNames, enumNames, refinements, durationFields, referenceAt };
const nothing: Knowledge = { typeNames: {}, enumNames: {}, refinements: {}, durationFields: new Set(), referenceAt: () => undefined };

/** What is known of the types of a group: somebody else's Gateway is not Istio's. */
export const knowledgeOfGroup = (group: string): Knowledge => (group.endsWith('.istio.io') ? istio : nothing);

/** What is known of the types of a set of definitions; sets that mix Istio's with others are Istio's. */
export const knowledgeOf = (facts: Facts): Knowledge => (Object.keys(facts.groups).some((group) => knowledgeOfGroup(group) === istio) ? istio : nothing);
