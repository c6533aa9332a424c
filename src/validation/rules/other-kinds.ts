import { ruleTable } from '../../manifest/rule';

const deployment = (annotation: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: reviews
  namespace: bookinfo
spec:
  selector:
    matchLabels:
      app: reviews
  template:
    metadata:
      labels:
        app: reviews
      annotations:
        sidecar.istio.io/userVolumeMount: '${annotation}'
    spec:
      containers:
      - name: reviews
        image: reviews
`;
const good = deployment('{"certs": {"mountPath": "/etc/certs", "readOnly": true}}');

/** Slips in objects that are not Istio's. */
export const otherKindRules = ruleTable({
  outsideMetadata: {
    code: 'metadata/outside',
    severity: 'error',
    title: 'name or namespace stand beside metadata.',
    effect: 'kubectl refuses the object: it has no such field, and its metadata has no name.',
    fix: 'move the field into metadata',
    bad: 'apiVersion: v1\nkind: Service\nname: reviews\nmetadata:\n  namespace: bookinfo\nspec:\n  ports:\n  - port: 9080\n',
    good: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: reviews\n  namespace: bookinfo\nspec:\n  ports:\n  - port: 9080\n',
  },
  volumeNotJson: {
    code: 'injection/volume-not-json',
    severity: 'warning',
    title: 'The volumes for the sidecar are no JSON.',
    effect: 'The Deployment is accepted, but injection fails when its pods are created, so there will be none.',
    fix: 'write an object in JSON, by the name of the volume',
    bad: deployment('{certs: {mountPath: /etc/certs}}'),
    good,
  },
  volumeMountField: {
    code: 'injection/volume-mount-field',
    severity: 'warning',
    title: 'A mount of the sidecar has a field that volume mounts do not have.',
    effect:
      'Nothing refuses it. Whether the pod gets what was meant depends on how forgiving the injector of the release is; a volume may be mounted writable.',
    fix: 'write the field as Kubernetes spells it: name, mountPath, readOnly, subPath',
    bad: deployment('{"certs": {"mountPath": "/etc/certs", "readonly": true}}'),
    good,
  },
});
