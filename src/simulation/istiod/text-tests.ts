/** Asks a text whether it is what a policy means. */
export type TextTest = (text: string) => boolean;

const SPIFFE = 'spiffe://';

/** A value of a policy: `abc`, `abc*`, `*abc`, or `*` for any text but the empty one. */
export function valueTest(value: string): TextTest {
  if (value === '*') return isPresent;
  if (value.startsWith('*')) return endsWith(value.slice(1));
  if (value.endsWith('*')) return startsWith(value.slice(0, -1));
  return (text) => text === value;
}

/** The same without regard to case, as for hosts. */
export function caselessValueTest(value: string): TextTest {
  const test = valueTest(value.toLowerCase());
  return (text) => test(text.toLowerCase());
}

/** A principal, which policies write without `spiffe://`. */
export function principalTest(value: string): TextTest {
  if (value === '*') return isPresent;
  if (value.startsWith('*')) return whole(`${SPIFFE}.*${literal(value.slice(1))}`);
  return valueTest(SPIFFE + value);
}

/** A namespace of a principal; every `*` stands for any text. */
export function namespaceTest(value: string): TextTest {
  return whole(`.*/ns/${value.split('*').map(literal).join('.*')}/.*`);
}

/** A service account, `namespace/name` or a name in the namespace of the policy. */
export function serviceAccountTest(value: string, policyNamespace: string): TextTest {
  const slash = value.indexOf('/');
  const [namespace, name] = slash < 0 ? [policyNamespace, value] : [value.slice(0, slash), value.slice(slash + 1)];
  return whole(`${SPIFFE}.+/ns/${literal(namespace)}/(?:.+/|)sa/${literal(name)}(?:/.+)?`);
}

/** A trust domain; the first `*` stands for any text in it. */
export function trustDomainTest(value: string): TextTest {
  if (value === '*') return startsWith(SPIFFE);
  const star = value.indexOf('*');
  if (star < 0) return startsWith(`${SPIFFE}${value}/`);
  return whole(`${SPIFFE}${literal(value.slice(0, star))}[^/]*${literal(value.slice(star + 1))}/.*`);
}

/** What may stand in a segment of a path template; the set of Envoy, without a slash. */
const SEGMENT_CHARACTERS = "a-zA-Z0-9\\-._~%!$&'()+,;:@=";

/** A path with `{*}` for one segment or `{**}` for any number of them. */
export function pathTemplateTest(template: string): TextTest {
  const parts = template.split(/(\{\*\*?\})/);
  return whole(parts.map((part) => (part === '{*}' ? `[${SEGMENT_CHARACTERS}]+` : part === '{**}' ? `[${SEGMENT_CHARACTERS}/]*` : literal(part))).join(''));
}

/** Whether a path of a policy is a template. */
export function isPathTemplate(value: string): boolean {
  return value.includes('{*}') || value.includes('{**}');
}

const isPresent: TextTest = (text) => text !== '' && !text.includes('\n');

function startsWith(beginning: string): TextTest {
  return (text) => text.startsWith(beginning);
}

function endsWith(end: string): TextTest {
  return (text) => text.endsWith(end);
}

function whole(pattern: string): TextTest {
  const regex = new RegExp(`^(?:${pattern})$`, 'u');
  return (text) => regex.test(text);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
