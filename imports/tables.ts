// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
import { shared } from './shared';
import { extensionsIstioIo } from './extensions.istio.io';
import { networkingIstioIo } from './networking.istio.io';
import { securityIstioIo } from './security.istio.io';
import { telemetryIstioIo } from './telemetry.istio.io';
import type { Kind, Schema } from './schema';

/** The schemas of the named types of all groups. */
export const types: { readonly [name: string]: Schema } = {
  ...shared.types,
  ...extensionsIstioIo.types,
  ...networkingIstioIo.types,
  ...securityIstioIo.types,
  ...telemetryIstioIo.types,
};

/** The kinds of all groups, by `group/Kind`. */
export const kinds: { readonly [groupAndKind: string]: Kind } = {
  ...shared.kinds,
  ...extensionsIstioIo.kinds,
  ...networkingIstioIo.kinds,
  ...securityIstioIo.kinds,
  ...telemetryIstioIo.kinds,
};

/** The values of all enums, by the name of the enum. */
export const enums = {
  ...shared.enums,
  ...extensionsIstioIo.enums,
  ...networkingIstioIo.enums,
  ...securityIstioIo.enums,
  ...telemetryIstioIo.enums,
};

/** The type of each enum, by its name. */
export type Enums = { readonly [Name in keyof typeof enums]: (typeof enums)[Name][number] };
