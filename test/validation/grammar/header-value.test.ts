import fc from 'fast-check';
import { headerValueProblem } from '../../../src/validation/grammar/header-value';

test.each([
  '',
  'plain',
  '100%%',
  '%START_TIME%',
  'a %REQ(x-id)% b',
  '%META(["a","b"])%',
  '%META( [ "a" , "b" ] ) %',
  '%A(b\\)c)%',
  '%A(["b)%',
  'a\tb',
  '%%%A%',
])('Envoy reads %j', (value) => {
  expect(headerValueProblem(value)).toBeUndefined();
});

test.each([
  ['100%', 'ends with a single %'],
  ['%A', 'a variable that is not closed'],
  ['%A%%', 'ends with a single %'],
  ['%A(b', 'a variable that is not closed'],
  ['%A()%', 'a variable that is not closed'],
  ['%A(b)x%', 'without a % after its arguments'],
  ['%A(["b"x])%', 'without a comma'],
  ['%A(["b",c])%', 'not in double quotes'],
  ['%A([b])%', 'not in double quotes'],
  ['%A(["b"]x%', 'no ")" closes'],
  ['%A(["b\\', 'ends with a backslash'],
  ['a\nb', 'a control character'],
  ['a\u007f', 'a control character'],
])('Envoy does not read %j: it %s', (value, problem) => {
  expect(headerValueProblem(value)).toContain(problem);
});

const plain = fc.string().map((text) => text.replace(/\p{Cc}/gu, '').replaceAll('%', '%%'));
const argument = fc.stringMatching(/^[a-z0-9:-]{1,8}$/);
const variable = fc.oneof(
  fc.stringMatching(/^[A-Z_]{1,8}$/).map((name) => `%${name}%`),
  argument.map((text) => `%REQ(${text})%`),
  fc.array(argument, { minLength: 1, maxLength: 3 }).map((items) => `%META(${JSON.stringify(items)})%`),
);

test('text with its percent signs doubled and variables can follow one another in any order', () => {
  fc.assert(fc.property(fc.array(fc.oneof(plain, variable)), (parts) => expect(headerValueProblem(parts.join(''))).toBeUndefined()));
});

test('a variable is never cut short', () => {
  fc.assert(
    fc.property(plain, variable, fc.nat(), (before, whole, cut) => {
      const length = 1 + (cut % (whole.length - 1));
      expect(headerValueProblem(before + whole.slice(0, length))).toBeDefined();
    }),
  );
});
