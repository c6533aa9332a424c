/** Labels, and what selects them. */
export type Labels = { readonly [key: string]: string };

const name = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const istioPrefix = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;

function isKey(key: string, prefixes: RegExp): boolean {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const rest = key.slice(slash + 1);
  return rest.length <= 63 && name.test(rest) && (prefix === undefined || (prefix.length <= 253 && prefixes.test(prefix)));
}

/** Whether the API server accepts a label key: an optional lower-case domain and a slash, then a name of at most 63 characters. */
export function isKubernetesLabelKey(key: string): boolean {
  return isKey(key, subdomain);
}

/** Whether the API server accepts a label value: empty, or a name of at most 63 characters. */
export function isKubernetesLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && name.test(value));
}

/** Whether istiod accepts a label key in its own resources; the domain before the slash may have upper case. */
export function isIstioLabelKey(key: string): boolean {
  return isKey(key, istioPrefix);
}

/** Whether istiod accepts a label value in its own resources; no length is too much for it. */
export function isIstioLabelValue(value: string): boolean {
  return value === '' || name.test(value);
}

/** Whether labels carry all of a selector's; an empty selector selects everything. */
export function labelsMatch(selector: Labels, labels: Labels): boolean {
  return Object.keys(selector).every((key) => Object.hasOwn(labels, key) && labels[key] === selector[key]);
}

/** A Kubernetes label selector with its expressions. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** Whether a Kubernetes label selector selects labels: every label and every expression has to agree; an empty selector selects everything. */
export function selectorMatches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    labelsMatch(matchLabels, labels) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}
