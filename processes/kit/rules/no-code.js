import { idOf } from './elements.js';

const CODE = [
  [(node) => node.$instanceOf('bpmn:ScriptTask') || node.$type === 'camunda:Script' || node.language || node.scriptFormat, 'a script'],
  [(node) => attribute(node, 'class'), 'a Java class'],
  [(node) => attribute(node, 'expression'), 'an expression as its implementation'],
  [(node) => node.$type === 'camunda:Field', 'a field injection'],
];

/** A diagram names what the code does; it does not contain code. */
export default () => ({
  check(node, reporter) {
    CODE.filter(([contains]) => contains(node)).forEach(([, code]) =>
      reporter.report(idOf(node), `It contains ${code}: remove it, and choose one of the templates or ask a developer for one.`),
    );
  },
});

/** Of the element itself or of a listener. */
function attribute(node, name) {
  return node.$type.startsWith('camunda:') ? node[name] : node.get?.(`camunda:${name}`);
}
