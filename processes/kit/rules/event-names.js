import { isSentenceCase } from './elements.js';

const ORDERS = /^(Activate|Cancel|Check|Create|Decline|Expire|Inform|Notify|Remind|Review|Send|Tell|Wait|Warn|Withdraw) /;

/** An event says what has happened: "Request withdrawn". */
export default () => ({
  check(node, reporter) {
    if (!node.$instanceOf('bpmn:Event') || !node.name) {
      return;
    }
    if (!isSentenceCase(node.name)) {
      reporter.report(node.id, `"${node.name}" begins with a capital and goes on in small letters, such as "Request withdrawn": rename it.`);
    }
    if (ORDERS.test(node.name) || /^(Start|End)$|[?!.]$/.test(node.name)) {
      reporter.report(node.id, `"${node.name}" does not say what has happened: rename it, such as "Request withdrawn" or "30 days untouched".`);
    }
  },
});
