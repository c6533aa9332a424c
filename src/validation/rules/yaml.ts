import { ruleTable } from '../../manifest/rule';

const object = (spec: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: bookinfo
spec:
  hosts:
  - reviews
  http:
${spec}`;

const route = '  - route:\n    - destination:\n        host: reviews\n';
const good = object(route);

const unreadable = 'kubectl cannot read the document and refuses the file; the other documents of the file are still looked at here.';

/** What reading YAML can find; the findings themselves are made where the text is read. */
export const yamlRules = ruleTable({
  aliasBomb: {
    code: 'yaml/alias-bomb',
    severity: 'error',
    title: 'Aliases multiply the document beyond what kubectl reads.',
    effect: unreadable,
    fix: 'write the repeated parts out, or use fewer aliases to values that contain aliases themselves',
    bad: [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(', ')}]`),
    ].join('\n'),
    good,
  },
  binary: {
    code: 'yaml/binary',
    severity: 'error',
    title: 'A file is no text in UTF-8.',
    effect: 'Nothing in the file can be read.',
    fix: 'leave the file out, or save it as UTF-8',
    bad: 'kind: \u0000\u0000\u0000',
    good,
  },
  directive: {
    code: 'yaml/directive',
    severity: 'error',
    title: 'A document begins with a YAML directive.',
    effect: 'kubectl cuts the file at --- before it looks at directives, and refuses what is left.',
    fix: 'remove the line',
    bad: `%YAML 1.1\n---\n${good}`,
    good: `---\n${good}`,
  },
  duplicateKey: {
    code: 'yaml/duplicate-key',
    severity: 'error',
    title: 'A key stands twice in one mapping.',
    effect: 'kubectl refuses the object. Where this check is off, one of the two values disappears without a word.',
    fix: 'keep one of them, or merge their contents under one key',
    bad: object(`${route}    timeout: 5s\n    timeout: 10s\n`),
    good: object(`${route}    timeout: 10s\n`),
  },
  ignoredDocument: {
    code: 'yaml/ignored-document',
    severity: 'warning',
    title: 'A document stands behind "..." and is not read.',
    effect: 'kubectl reads nothing between "..." and the next "---", so the object never reaches the cluster.',
    fix: 'put --- before the document',
    bad: `${good}...\n${good}`,
    good: `${good}---\n${good}`,
  },
  key: {
    code: 'yaml/key',
    severity: 'error',
    title: 'A key is no text.',
    effect: `JSON, which Kubernetes stores, cannot hold such a key. ${unreadable}`,
    fix: 'put quotes around the key; {{ ... }} left over from a template has to be rendered first',
    bad: good.replace('name: reviews', 'name: {{ name }}'),
    good,
  },
  merge: {
    code: 'yaml/merge',
    severity: 'error',
    title: 'The merge key << has a value that cannot be merged.',
    effect: unreadable,
    fix: 'write <<: *name with an anchor on a mapping',
    bad: object(`${route}    <<: timeout\n`),
    good,
  },
  mergeOrder: {
    code: 'yaml/merge-order',
    severity: 'warning',
    title: 'The merge key << stands below a key that it replaces.',
    effect: 'kubectl takes the merged value, other tools the written one.',
    fix: 'move << above the keys that are meant to override it',
    bad: object('  - route:\n    - &v1\n      destination:\n        host: reviews\n      weight: 20\n    - weight: 80\n      <<: *v1\n'),
    good: object('  - route:\n    - &v1\n      destination:\n        host: reviews\n      weight: 20\n    - <<: *v1\n      weight: 80\n'),
  },
  notAnObject: {
    code: 'yaml/not-an-object',
    severity: 'error',
    title: 'A document holds something other than an object.',
    effect: 'kubectl refuses the file.',
    fix: 'write apiVersion, kind and metadata, or remove the document',
    bad: '- reviews\n- ratings\n',
    good,
  },
  notJson: {
    code: 'yaml/not-json',
    severity: 'error',
    title: 'A value is a number that JSON cannot hold.',
    effect: unreadable,
    fix: 'write a finite number, or put quotes around it where text is meant',
    bad: object(`${route}    timeout: .inf\n`),
    good,
  },
  separator: {
    code: 'yaml/separator',
    severity: 'error',
    title: 'Something other than a comment follows --- on its line.',
    effect: 'kubectl refuses the file.',
    fix: 'begin the document on the line below ---',
    bad: `--- ${good}`,
    good: `---\n${good}`,
  },
  syntax: {
    code: 'yaml/syntax',
    severity: 'error',
    title: 'The text is not YAML.',
    effect: unreadable,
    fix: 'compare the line and the one above it with a document that works: indentation, colons, quotes and brackets',
    bad: good.replace('metadata:\n  name:', 'metadata: name:'),
    good,
  },
  tag: {
    code: 'yaml/tag',
    severity: 'error',
    title: 'A tag does not suit its value.',
    effect: unreadable,
    fix: 'remove the tag',
    bad: good.replace('name: reviews', 'name: !!int reviews'),
    good,
  },
  tooDeep: {
    code: 'yaml/too-deep',
    severity: 'error',
    title: 'A document nests deeper than 1000 levels.',
    effect: 'It is not read.',
    fix: 'check for brackets that are opened again and again without being closed',
    bad: '['.repeat(2000),
    good,
  },
  unknownAnchor: {
    code: 'yaml/unknown-anchor',
    severity: 'error',
    title: 'An alias refers to an anchor that the document does not define above it.',
    effect: unreadable,
    fix: 'define the anchor before its first use; anchors do not reach from one document into the next',
    bad: object('  - route: *reviews\n'),
    good: object('  - route: &reviews\n    - destination:\n        host: reviews\n  - route: *reviews\n'),
  },
});
