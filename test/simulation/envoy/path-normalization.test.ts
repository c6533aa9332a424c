import fc from 'fast-check';
import { normalizePath } from '../../../src/simulation/envoy/path-normalization';

const base = (path: string): string | undefined => normalizePath(path, 'BASE');

describe('a path on its way through a proxy', () => {
  test.each([
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/b/..', '/a/'],
    ['/a/.', '/a/'],
    ['/../..', '/'],
    ['/%2e%2E/x', '/x'],
    ['/a/.%2e/b', '/b'],
    ['/a//../b', '/a/b'],
    ['/a/...', '/a/...'],
    ['/a/.b/..c', '/a/.b/..c'],
    ['/a.b/c.', '/a.b/c.'],
  ])('has its dot segments resolved: %s', (path, expected) => {
    expect(base(path)).toBe(expected);
  });

  test.each([
    ['/p/..;/q', '/q'],
    ['/p/..;v=1/admin', '/admin'],
    ['/p/.;x', '/p/'],
    ['/p/..;a\\b', '/'],
    ['/p;x=1/q', '/p;x=1/q'],
    ['/p/...;/x', '/p/...;/x'],
  ])('has parameters of dot segments taken away with them: %s', (path, expected) => {
    expect(base(path)).toBe(expected);
  });

  test.each([
    ['/a%41%7e%2d%5F', '/aA~-_'],
    ['/a%3a%20%C3%a9', '/a%3a%20%C3%a9'],
    ['/a%2f%5cb', '/a%2f%5cb'],
    ['/a"<>^`{|}', '/a%22%3C%3E%5E%60%7B%7C%7D'],
    ['/a[]@:$', '/a[]@:$'],
    ['/a%2', '/a%2'],
    ['/a%zz', '/a%zz'],
    ['/a\\b', '/a/b'],
  ])('is decoded where it need not be encoded, and encoded where it must: %s', (path, expected) => {
    expect(base(path)).toBe(expected);
  });

  test('keeps its query as it is, and loses its fragment', () => {
    expect(base('/a/../b?x=/../%41')).toBe('/b?x=/../%41');
    expect(base('/a#b?c')).toBe('/a');
    expect(base('/a?b#c')).toBe('/a?b');
    expect(normalizePath('/a#b', 'NONE')).toBe('/a');
  });

  test('is refused with an encoded zero', () => {
    expect(base('/a%00')).toBeUndefined();
    expect(base('/a?b=%00')).toBe('/a?b=%00');
    expect(normalizePath('/a%00', 'NONE')).toBe('/a%00');
  });

  test('keeps slashes that follow each other, unless they are to be merged', () => {
    expect(base('//a///b')).toBe('//a///b');
    expect(normalizePath('//a///b?c=//', 'MERGE_SLASHES')).toBe('/a/b?c=//');
    expect(normalizePath('/a%2F/%5cb', 'MERGE_SLASHES')).toBe('/a%2F/%5cb');
    expect(normalizePath('/a%2F/%5cb?%2f', 'DECODE_AND_MERGE_SLASHES')).toBe('/a/b?%2f');
    expect(normalizePath('/a/../%41', 'NONE')).toBe('/a/../%41');
  });

  const anyPath = fc
    .array(fc.constantFrom('/', '.', '..', '%2e', '%2E', 'a', 'b', ';', '\\', '%41', '%2f', '<', '?', '#', '%'), { maxLength: 12 })
    .map((parts) => `/${parts.join('')}`);

  test('does not change a second time', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const once = base(path) as string;
        expect(base(once)).toBe(once);
      }),
    );
  });

  test('leads where the parser of URLs leads, which knows no parameters of dot segments', () => {
    const plain = fc
      .array(fc.constantFrom('/', '.', '..', '%2e', '%2E', 'a', 'bc', '\\', '%2f', '<', '%25'), { maxLength: 12 })
      .map((parts) => `/${parts.join('')}`)
      .filter((path) => !/^[/\\]{2}/.test(path));
    fc.assert(
      fc.property(plain, (path) => {
        // Beyond that, the parser of URLs leaves alone what need not be encoded.
        const expected = new URL(path, 'http://host').pathname.replace(/%2e/gi, '.');
        expect(base(path)).toBe(expected);
      }),
    );
  });
});
