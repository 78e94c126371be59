import { existsSync } from 'node:fs';
import { PROCESSES } from '../models.js';

/** Whoever gets a task sees a form, in its newest version. */
export default () => ({
  check(node, reporter) {
    const form = node.get?.('camunda:formRef');
    if (node.$instanceOf('bpmn:UserTask') && !form) {
      reporter.report(node.id, 'It has no form: enter the id of one under "Forms", as "Camunda Form".');
    } else if (form && !existsSync(new URL(`${form}.form`, PROCESSES))) {
      reporter.report(node.id, `There is no form ${form}.form in processes/: draw it, or correct the id under "Forms".`);
    } else if (form && node.get('camunda:formRefBinding') !== 'latest') {
      reporter.report(node.id, `It would keep an old version of ${form}: choose the binding "latest" under "Forms".`);
    }
  },
});
