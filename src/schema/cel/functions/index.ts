import { CONVERSIONS } from './conversions';
import { FunctionTable } from './library';
import { LISTS } from './lists';
import { NAMED_FORMATS } from './named-formats';
import { NETWORK } from './network';
import { OPTIONALS } from './optionals';
import { QUANTITIES } from './quantity';
import { REGULAR_EXPRESSIONS } from './regex';
import { SEMANTIC_VERSIONS } from './semver';
import { SETS } from './sets';
import { STRINGS } from './strings';
import { TIMES } from './times';
import { URLS } from './url';

/** Every function that the API server offers to the rules of a CRD. */
export const FUNCTIONS = new FunctionTable([
  CONVERSIONS,
  STRINGS,
  REGULAR_EXPRESSIONS,
  TIMES,
  LISTS,
  SETS,
  OPTIONALS,
  URLS,
  NETWORK,
  QUANTITIES,
  SEMANTIC_VERSIONS,
  NAMED_FORMATS,
]);
