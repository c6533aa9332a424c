import { runNode, tool } from './run.mjs';

/**
 * Runs the real `cdk8s synth` on the app that cdk8s.yaml names. It needs lib/, and no network: the question for a newer cdk8s-cli is left out.
 *
 * @param {string} outputFolder where the manifests go; whatever was there is removed by cdk8s
 */
export function synth(outputFolder) {
  return runNode([tool('cdk8s-cli', 'bin', 'cdk8s'), 'synth', '--output', outputFolder], { env: { CDK8S_CHECK_UPGRADE: 'false' } });
}
