import { isSentenceCase } from './elements.js';

/** A task says what is to be done: "Review request". */
export default () => ({
  check(node, reporter) {
    if (!node.$instanceOf('bpmn:Activity') || !node.name) {
      return;
    }
    if (!isSentenceCase(node.name)) {
      reporter.report(node.id, `"${node.name}" begins with a capital and goes on in small letters, such as "Review request": rename it.`);
    }
    const [verb, ...object] = node.name.split(/\s+/);
    if (object.length === 0 || /(ing|ation)$/.test(verb)) {
      reporter.report(node.id, `"${node.name}" does not say what is to be done: rename it to a verb and its object, such as "Review request".`);
    }
  },
});
