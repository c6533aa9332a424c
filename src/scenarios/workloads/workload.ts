import { ApiObject, JsonPatch } from 'cdk8s';
import { type ContainerPort, Deployment, EnvValue, LabelSelector, type ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

type Labels = Readonly<Record<string, string>>;

/** A Deployment of the catalogue: one container, one replica. */
export interface WorkloadProps {
  readonly name: string;
  /** The labels of the pods, which are also what the Deployment selects. */
  readonly labels: Labels;
  readonly image: string;
  /** The name of the container. @default - the `app` label */
  readonly container?: string;
  readonly ports?: readonly ContainerPort[];
  readonly env?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly serviceAccount?: ServiceAccount;
  /** @default - that of the chart */
  readonly namespace?: string;
  /** The zone of the nodes that it runs on. @default - any */
  readonly zone?: string;
  /** Of the pods. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Adds a Deployment that says what its props say, and nothing else. */
export function workload(scope: Construct, props: WorkloadProps): Deployment {
  const { name, labels, image, ports = [], env = {}, command, serviceAccount, namespace, zone, annotations } = props;
  const deployment = new Deployment(scope, `${name}-deployment`, {
    metadata: { name, ...(namespace ? { namespace } : {}) },
    replicas: 1,
    select: false,
    podMetadata: { labels, ...(annotations ? { annotations } : {}) },
    ...(serviceAccount ? { serviceAccount } : {}),
    containers: [
      {
        name: props.container ?? labels.app ?? name,
        image,
        ports: [...ports],
        envVariables: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, EnvValue.fromValue(value)])),
        ...(command ? { command: [...command] } : {}),
      },
    ],
  });
  deployment.select(LabelSelector.of({ labels }));
  ApiObject.of(deployment).addJsonPatch(...additions.map((path) => JsonPatch.remove(path)));
  if (zone) ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/nodeSelector', { 'topology.kubernetes.io/zone': zone }));
  return deployment;
}

/**
 * What cdk8s-plus writes into every Deployment unasked, in its own spelling. A scenario shows what its source shows; Kubernetes has defaults for the rest.
 */
const additions = [
  '/spec/minReadySeconds',
  '/spec/progressDeadlineSeconds',
  '/spec/strategy',
  '/spec/template/metadata/labels/cdk8s.io~1metadata.addr',
  '/spec/template/spec/automountServiceAccountToken',
  '/spec/template/spec/dnsPolicy',
  '/spec/template/spec/hostNetwork',
  '/spec/template/spec/restartPolicy',
  '/spec/template/spec/securityContext',
  '/spec/template/spec/setHostnameAsFqdn',
  '/spec/template/spec/terminationGracePeriodSeconds',
  '/spec/template/spec/containers/0/imagePullPolicy',
  '/spec/template/spec/containers/0/resources',
  '/spec/template/spec/containers/0/securityContext',
];
