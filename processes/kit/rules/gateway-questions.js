import { isQuestion } from './elements.js';

/** An exclusive gateway asks, its flows answer. */
export default () => ({
  check(node, reporter) {
    if (!isQuestion(node)) {
      return;
    }
    if (!node.name?.endsWith('?')) {
      reporter.report(node.id, `"${node.name ?? ''}" is no question: name the gateway with one, such as "Account created?".`);
    }
    node.outgoing
      .filter((flow) => !flow.name && flow !== node.default)
      .forEach((flow) => reporter.report(flow.id, `It is no answer to "${node.name}": name the flow, such as "yes", or make it the default flow.`));
  },
});
