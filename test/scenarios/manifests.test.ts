import { Yaml } from 'cdk8s';
import { catalogue, manifestsOf } from '../../src/scenarios';

const steps = catalogue.flatMap((scenario) => scenario.steps.map((step) => [`${scenario.id}/${step.id}`, step] as const));

test.each(steps)('%s synthesises to these manifests', (_name, step) => {
  expect(`\n${Yaml.stringify(...manifestsOf(step))}`).toMatchSnapshot();
});
