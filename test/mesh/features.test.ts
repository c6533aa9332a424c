import { hasFeature, parseBoolean } from '../../src/mesh/features';
import { meshOf } from './mesh-of';

test('booleans are read as Go reads them', () => {
  expect(['1', 't', 'T', 'true', 'True', 'TRUE'].map(parseBoolean)).toEqual(Array(6).fill(true));
  expect(['0', 'f', 'F', 'false', 'False', 'FALSE'].map(parseBoolean)).toEqual(Array(6).fill(false));
  expect(['yes', 'tRUE', ''].map(parseBoolean)).toEqual([undefined, undefined, undefined]);
});

test('a feature is what the environment of istiod says, else what it is by default', () => {
  const mesh = meshOf('{}', { env: { ON: 'true', OFF: '0', ODD: 'perhaps' } });
  expect(['ON', 'OFF', 'ODD', 'ABSENT'].map((name) => [hasFeature(mesh, name, true), hasFeature(mesh, name, false)])).toEqual([
    [true, true],
    [false, false],
    [true, false],
    [true, false],
  ]);
});
