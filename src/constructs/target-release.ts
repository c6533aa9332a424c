import type { IConstruct } from 'constructs';
import type { Kind } from '../../imports/schema';
import { isRelease, newestRelease, oldestRelease, servedVersions } from '../schema/releases';
import { callerLocation, writtenAt } from './call-site';

const TARGET = 'cdk8s-istio/target';

/**
 * Sets the Istio release that everything below a scope is written for: any minor release from 1.8, such as `1.14`. Objects take the apiVersions of that release,
 * and what it lacks is an error when the manifests are written. Without a target it is the newest release.
 * Like all construct context it must be set before the scope has children. Throws for a release that is not known.
 */
export function setTargetRelease(scope: IConstruct, release: string): void {
  scope.node.setContext(TARGET, known(release));
}

/** The Istio release that objects at a scope are written for; the newest when none was set. */
export function targetRelease(scope: IConstruct): string {
  return known(scope.node.tryGetContext(TARGET) ?? newestRelease);
}

/** The apiVersion that an object of a kind takes when its author states none. */
export function defaultApiVersion(scope: IConstruct, kind: Kind): string {
  const served = servedVersions(kind, targetRelease(scope));
  // Before a kind had v1, each release stored its oldest version; a kind that the release lacks is reported when the manifest is written.
  const version = served.length === 0 || served.includes('v1') ? kind.versions[0] : served[served.length - 1];
  return `${kind.group}/${version}`;
}

function known(release: unknown): string {
  if (isRelease(release)) return release;
  throw new Error(
    `${JSON.stringify(release)} is no known Istio release; write a minor release from '${oldestRelease}' to '${newestRelease}', such as '1.14'${writtenAt(callerLocation())}`,
  );
}
